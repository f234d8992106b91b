import { z } from 'zod';

/** What the load generator is asked to do, and what it answers. */

export const jobSchema = z.object({
  port: z.number(),
  path: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
  pattern: z.discriminatedUnion('kind', [
    /** Each connection sends again at once: throughput. */
    z.object({ kind: z.literal('closed'), connections: z.number() }),
    /** Requests leave by the clock, whatever comes back: a stall shows in every request behind it. */
    z.object({ kind: z.literal('rate'), perSecond: z.number() }),
  ]),
  /** Before the measured time. */
  warmupMs: z.number(),
  durationMs: z.number(),
});
export type Job = z.infer<typeof jobSchema>;

const summarySchema = z.object({ count: z.number(), p50: z.number(), p99: z.number(), max: z.number() });

export const resultSchema = z.object({
  /** All requests that were sent, the warm-up's included. Each was waited for. */
  sent: z.number(),
  /** Of them, those that were not answered with 200 and in whole. */
  failed: z.number(),
  /** What went wrong first, in words. */
  failure: z.string().nullable(),
  /** Answers in the measured time. */
  answered: z.number(),
  seconds: z.number(),
  /** Microseconds from a request to the end of its answer. */
  latencyUs: summarySchema,
  /** Microseconds from a request to its first delta. */
  firstDeltaUs: summarySchema,
  /** Microseconds from the provider's sending of a delta to its arrival here. */
  deltaDelayUs: summarySchema,
  /** Deltas in the measured time, and in all. */
  deltas: z.number(),
  deltasInAll: z.number(),
});
export type LoadResult = z.infer<typeof resultSchema>;
