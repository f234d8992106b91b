import { cookies } from 'next/headers';
import { TIME_ZONE_COOKIE } from '@/components/charts/time-zone-cookie';
import { timeZone } from '@/lib/analytics/schema';

/** The reader's time zone as their browser last told it; UTC on a first visit. */
export async function viewerTimeZone(): Promise<string> {
  const told = (await cookies()).get(TIME_ZONE_COOKIE)?.value;
  return timeZone.parse(told ? decodeURIComponent(told) : undefined);
}
