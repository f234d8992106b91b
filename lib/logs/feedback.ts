import { z } from 'zod';
import { type Context, requireEditor } from '@/lib/auth/context';
import { changeLog } from './api/change';
import { KEPT_UNDER } from './filters/columns';
import type { LogFeedback } from './schema';

const kept = z.object({
  positive_feedback: z.boolean().nullable().catch(null).default(null),
  note: z.string().nullable().catch(null).default(null),
});

/** Feedback lies where the API keeps it, so that both show and filter the same. */
export function feedbackOf(metadata: Readonly<Record<string, unknown>> | null): LogFeedback {
  const found = kept.safeParse(metadata?.[KEPT_UNDER] ?? {});
  return { positive: found.data?.positive_feedback ?? null, note: found.data?.note ?? null };
}

/**
 * Says what the reader thinks of an answer.
 * @throws AppError forbidden to viewers; not_found
 */
export async function giveFeedback(ctx: Context, id: string, { positive, note }: LogFeedback): Promise<void> {
  requireEditor(ctx, 'rate logs');
  await changeLog(ctx, id, { positive_feedback: positive, note: note === '' ? null : note });
}
