import { env } from '@/lib/env';

/** The provider whose API it speaks. */
export const SIMULATED_PROVIDER = 'anthropic';

/** Where this installation's simulator listens. Null where there is none. */
export function simulatorUrl(): string | null {
  const { SIMULATOR, SIMULATOR_URL } = env();
  return SIMULATOR === false ? null : (SIMULATOR_URL ?? null);
}
