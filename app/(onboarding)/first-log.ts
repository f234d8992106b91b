import { type FirstLog, firstLogSchema } from '@/components/onboarding/first-log';
import type { Context } from '@/lib/auth/context';
import { AppError } from '@/lib/errors';
import { getLog } from '@/lib/logs/detail';
import { newestLogId } from '@/lib/logs/newest';

/** One log for the wizard, the newest where no id is given. Null while there is none: a log is written just after its answer. */
export async function findFirstLog(ctx: Context, id?: string | null): Promise<FirstLog | null> {
  const wanted = id ?? (await newestLogId(ctx));
  if (!wanted) return null;
  try {
    return firstLogSchema.parse(await getLog(ctx, wanted));
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  }
}
