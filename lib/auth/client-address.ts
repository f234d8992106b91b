/** Who connected, as the nearest proxy (or Next itself) wrote it down. A hint for limits, not a proof. */
export function clientAddress(headers: Headers): string {
  const nearest = headers.get('x-forwarded-for')?.split(',').at(-1)?.trim();
  return nearest?.slice(0, 64) || 'unknown';
}
