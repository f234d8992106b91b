import { z } from 'zod';

export const CREDIT_TYPES = ['purchase', 'grant', 'adjustment', 'refund', 'bonus', 'usage'] as const;
export type CreditType = (typeof CREDIT_TYPES)[number];

/** A row of the ledger, as pages and programs see it. Money in nano-dollars as a decimal string. */
export interface CreditTransactionView {
  readonly id: string;
  readonly type: CreditType;
  readonly amountNanoUsd: string;
  readonly description: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly logId: string | null;
  /** What was left after it. */
  readonly balanceNanoUsd: string;
}

/** What an organization has. Nano-dollars as decimal strings. */
export interface CreditsView {
  readonly balanceNanoUsd: string;
  /** Held for calls under way. */
  readonly reservedNanoUsd: string;
  /** The part of the balance that expires, and when the first of it does. */
  readonly expiringNanoUsd: string;
  readonly nextExpiryAt: number | null;
  /** Whether the ledger has any row. */
  readonly hasHistory: boolean;
}

/** What one day's calls took. */
export interface CreditUsageDay {
  /** Start of the day, milliseconds since the epoch. */
  readonly at: number;
  readonly calls: number;
  readonly usedNanoUsd: string;
}

const MOST_USD = 1_000_000;

/** Dollars as a person types them: "25", "$12.50". */
export const usdText = z
  .string()
  .trim()
  .transform((text) => text.replace(/^\$/, '').replaceAll(',', ''))
  .refine((text) => /^-?\d{1,7}(\.\d{1,2})?$/.test(text), {
    error: 'Enter an amount in dollars, such as 25 or 12.50.',
    abort: true,
  })
  .refine((text) => Math.abs(Number(text)) <= MOST_USD, 'Enter at most 1,000,000 dollars.');

const positiveUsd = usdText.refine((text) => Number(text) > 0, 'Enter an amount above 0.');

/** A grant by whoever runs the installation. A negative amount takes credits back. */
export const grantSchema = z.object({
  email: z.string().trim().toLowerCase().pipe(z.email('Enter the address of the account, like ada@example.com.')),
  usd: usdText.refine((text) => Number(text) !== 0, 'Enter an amount other than 0.'),
  note: z.string().trim().min(1, 'Say what it is for.').max(200, 'Use at most 200 characters.'),
  /** A day, YYYY-MM-DD; the credits are good until it ends (UTC). */
  expires: z
    .string()
    .optional()
    .transform((day) => day || null)
    .pipe(z.iso.date('Enter a day as 2027-01-31.').nullable())
    .transform((day) => (day ? new Date(`${day}T23:59:59.999Z`) : null))
    .refine((day) => day === null || day.getTime() > Date.now(), 'Enter a day that is not over.'),
});

export type GrantInput = z.input<typeof grantSchema>;

/** A limit that may be empty: none. */
const optionalUsd = z
  .string()
  .trim()
  .transform((text) => text || null)
  .pipe(positiveUsd.nullable());

export const warningSchema = z.object({ warnBelowUsd: optionalUsd });
export type WarningInput = z.input<typeof warningSchema>;

export const topUpSchema = z.object({
  usd: positiveUsd.refine((text) => Number(text) >= 5 && Number(text) <= 10_000, 'Choose between $5 and $10,000.'),
});

export const autoTopUpSchema = z
  .object({ belowUsd: optionalUsd, usd: optionalUsd })
  .refine(({ belowUsd, usd }) => (belowUsd === null) === (usd === null), {
    path: ['usd'],
    message: 'Give both amounts, or neither to switch it off.',
  })
  .refine(({ usd }) => usd === null || (Number(usd) >= 5 && Number(usd) <= 10_000), {
    path: ['usd'],
    message: 'Choose between $5 and $10,000.',
  });

export interface CreditSettingsView {
  readonly warnBelowNanoUsd: string | null;
  readonly topUpBelowNanoUsd: string | null;
  readonly topUpNanoUsd: string | null;
  readonly hasCard: boolean;
  readonly topUpError: string | null;
}
