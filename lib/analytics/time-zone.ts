const DAY_MS = 86_400_000;

/** Midnight in a time zone, `days` local days away from the day that holds `instant`. Days of 23 and 25 hours count as one. */
export function localMidnight(instant: Date, timeZone: string, days = 0): Date {
  const local = instant.getTime() + offsetMs(instant.getTime(), timeZone);
  const midnight = Math.floor(local / DAY_MS) * DAY_MS + days * DAY_MS;
  const guess = midnight - offsetMs(midnight, timeZone);
  // The first guess used the offset of another hour; where the clocks change near midnight the second one settles it.
  return new Date(midnight - offsetMs(guess, timeZone));
}

/** How far a zone's clocks are ahead of UTC at an instant. */
function offsetMs(instantMs: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(instantMs);
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const match = /^GMT([+-])(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(name);
  if (!match) return 0;
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = match;
  const ahead = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
  return sign === '-' ? -ahead : ahead;
}
