import { z } from 'zod';

export const environmentSchema = z.enum(['production', 'test']);

export const keyNameSchema = z
  .string()
  .trim()
  .min(1, 'Give the key a name, such as the service that will use it.')
  .max(80, 'A name has at most 80 characters.');

export const createKeySchema = z.object({
  name: keyNameSchema,
  environment: environmentSchema,
  /** Null or absent: never. */
  expiresAt: z.date().nullish(),
});
export type CreateKeyInput = z.infer<typeof createKeySchema>;

/** How long a new key lives, as the create dialog offers it. Null days: for ever. */
export const KEY_LIFETIMES = {
  never: { label: 'Never', days: null },
  two_weeks: { label: 'In 2 weeks', days: 14 },
  one_month: { label: 'In 1 month', days: 30 },
  three_months: { label: 'In 3 months', days: 90 },
} as const;

export const keyLifetimeSchema = z.enum(['never', 'two_weeks', 'one_month', 'three_months']);
export type KeyLifetime = z.infer<typeof keyLifetimeSchema>;

/** What may be shown of a key. The secret is not part of it, and neither is its hash. */
export interface ApiKeyView {
  readonly id: string;
  readonly name: string;
  /** The 8 characters before the point. */
  readonly prefix: string;
  readonly environment: z.infer<typeof environmentSchema>;
  /** Null for keys made by the installation itself, or by someone who has left. */
  readonly createdBy: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly state: 'active' | 'expired' | 'revoked';
}
