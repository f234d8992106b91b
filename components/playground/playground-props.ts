import type { PlaygroundModel } from '@/lib/playground/schema';

export interface PlaygroundProps {
  models: readonly PlaygroundModel[];
  /** Under which the draft is kept in this browser: a person in an organization. */
  owner: string;
  /** The key that this person's runs are logged under. */
  keyId: string;
  origin: string;
  /** Viewers look at logs here, and run nothing. */
  canRun: boolean;
}
