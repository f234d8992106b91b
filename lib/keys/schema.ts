import { z } from 'zod';

const environmentSchema = z.enum(['production', 'test']);

export const keyNameSchema = z
  .string()
  .trim()
  .min(1, 'Give the key a name, such as the service that will use it.')
  .max(80, 'A name has at most 80 characters.');

/** How long a new key lives, as the create dialog offers it. Null: for ever. */
export const KEY_LIFETIMES = {
  never: { label: 'Never', days: null },
  two_weeks: { label: 'In 2 weeks', days: 14 },
  one_month: { label: 'In 1 month', days: 30 },
  three_months: { label: 'In 3 months', days: 90 },
} as const;

const keyLifetimeSchema = z.enum(['never', 'two_weeks', 'one_month', 'three_months']);
export type KeyLifetime = z.infer<typeof keyLifetimeSchema>;

/** What the create dialog sends. */
export const newKeySchema = z.object({
  name: keyNameSchema,
  environment: environmentSchema,
  lifetime: keyLifetimeSchema,
});
export type NewKey = z.infer<typeof newKeySchema>;

export function keyExpiry(lifetime: KeyLifetime, now: Date): Date | null {
  const { days } = KEY_LIFETIMES[lifetime];
  return days === null ? null : new Date(now.getTime() + days * 86_400_000);
}

export interface CreateKeyInput {
  readonly name: string;
  readonly environment: z.infer<typeof environmentSchema>;
  /** Null or absent: never. */
  readonly expiresAt?: Date | null;
}

/** What may be shown of a key. The secret is not part of it, and neither is its hash. */
export interface ApiKeyView {
  readonly id: string;
  readonly name: string;
  /** The 8 characters before the point. */
  readonly prefix: string;
  readonly environment: z.infer<typeof environmentSchema>;
  /** Whether its calls are hedged unless they say otherwise. */
  readonly hedges: boolean;
  /** Null for keys made by the installation itself, or by someone who has left. */
  readonly createdBy: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly state: 'active' | 'expired' | 'revoked';
}

export interface CreatedKey {
  readonly key: ApiKeyView;
  /** "prefix.secret": shown once, kept nowhere. */
  readonly secret: string;
}
