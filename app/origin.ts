import { headers } from 'next/headers';
import { env } from '@/lib/env';

/** Where people reach this installation, without a trailing slash: as configured, else as this request came. */
export async function publicOrigin(): Promise<string> {
  const configured = env().APP_URL;
  if (configured) return configured;
  const incoming = await headers();
  const host = incoming.get('x-forwarded-host') ?? incoming.get('host') ?? `localhost:${env().PORT}`;
  const protocol = incoming.get('x-forwarded-proto')?.split(',')[0]?.trim() === 'https' ? 'https' : 'http';
  return `${protocol}://${host}`;
}
