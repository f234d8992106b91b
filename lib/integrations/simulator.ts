import { env } from '@/lib/env';

/** Where this installation's simulator listens. Null where there is none. */
export function simulatorUrl(): string | null {
  const { SIMULATOR, SIMULATOR_URL } = env();
  return SIMULATOR === false ? null : (SIMULATOR_URL ?? null);
}
