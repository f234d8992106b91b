import { z } from 'zod';

/** Why a call read less from the provider's prompt cache than the call before had left there. */
export const REASONS = [
  'hit',
  'first_call',
  'no_breakpoint',
  'nothing_cached',
  'model_changed',
  'credential_changed',
  'setting_changed',
  'content_changed',
  'lapsed',
  'too_early',
  'too_far_back',
  'unknown',
] as const;
export type Reason = (typeof REASONS)[number];

const nanoUsd = z.string().regex(/^-?\d+$/);

export const diagnosis = z.object({
  reason: z.enum(REASONS),
  /** The call that left something to read; null where there is none. */
  previousId: z.guid().nullable(),
  /** Between the beginnings of the two calls. */
  elapsedMs: z.number().nullable(),
  /** Tokens that the call before had left in the cache. */
  expectedTokens: z.number().int(),
  /** Of them not read. */
  missedTokens: z.number().int(),
  /** What these cost more than reading them would have; null where a price is not known. */
  lostNanoUsd: nanoUsd.nullable(),
  /** Where the two requests part, and the text around it. */
  change: z.object({ path: z.string(), before: z.string().nullable(), after: z.string().nullable() }).nullable(),
});
export type Diagnosis = z.infer<typeof diagnosis>;

/** One call as the page shows it. */
export const examinedCall = z.object({
  id: z.guid(),
  startedAt: z.number(),
  model: z.string().nullable(),
  threadIdentifier: z.string().nullable(),
  promptPreview: z.string().nullable(),
  /** Prompt tokens by how they were charged. */
  uncachedTokens: z.number().int(),
  readTokens: z.number().int(),
  writtenTokens: z.number().int(),
  diagnosis,
});
export type ExaminedCall = z.infer<typeof examinedCall>;

export const examination = z.object({
  calls: z.array(examinedCall),
  /** More calls were there than are examined at once. */
  isCut: z.boolean(),
});
export type Examination = z.infer<typeof examination>;

export const doctorFilters = z
  .object({
    thread: z.string().min(1).max(500).optional().catch(undefined),
    key: z.guid().optional().catch(undefined),
  })
  .transform(({ thread, key }) => ({ thread, key: thread ? undefined : key }));
export type DoctorFilters = z.infer<typeof doctorFilters>;

/** A thread or key with what its calls read from the cache, as the page's list shows it. */
export const suspect = z.object({
  kind: z.enum(['thread', 'key']),
  id: z.string(),
  name: z.string(),
  calls: z.number().int(),
  lastAt: z.number(),
  /** Share of the prompt tokens that was read from the cache, 0 to 1; null without any. */
  hitRate: z.number().nullable(),
  uncachedTokens: z.number().int(),
});
export type Suspect = z.infer<typeof suspect>;
export const suspects = z.object({ threads: z.array(suspect), keys: z.array(suspect) });
export type Suspects = z.infer<typeof suspects>;
