import { z } from 'zod';
import { logDetail } from '@/lib/logs/schema';

/** What the wizard shows of a log. */
export const firstLogSchema = logDetail.pick({
  id: true,
  status: true,
  statusCode: true,
  errorMessage: true,
  simulated: true,
  model: true,
  promptTokens: true,
  outputTokens: true,
  costNanoUsd: true,
  latencyMs: true,
  ttftMs: true,
  replyPreview: true,
});
export type FirstLog = z.infer<typeof firstLogSchema>;

/** The answer of GET /api/dashboard/first-log: null where there is no log yet. */
export const firstLogAnswer = z.object({ log: firstLogSchema.nullable() });

export const FIRST_LOG_PATH = '/api/dashboard/first-log';
