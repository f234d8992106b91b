import { unstable_rethrow } from 'next/navigation';
import { z } from 'zod';
import type { ActionResult } from '@/components/ui/action-result';
import { toAppError } from '@/lib/errors';

/** Runs the body of a server action; whatever it throws becomes a result that a form can show. */
export async function runAction<T>(body: () => Promise<T>): Promise<ActionResult<T>> {
  try {
    return { ok: true, data: await body() };
  } catch (error) {
    // Redirects and not-found travel as exceptions.
    unstable_rethrow(error);
    if (error instanceof z.ZodError) return { ok: false, ...inputRefusal(error) };
    const { code, cause, message, fields } = toAppError(error);
    if (code === 'internal') console.error('A server action failed:', cause ?? message);
    return { ok: false, message, fields };
  }
}

function inputRefusal(error: z.ZodError): { message: string; fields: Record<string, string> } {
  const fields = Object.fromEntries(error.issues.map((issue) => [issue.path.join('.'), issue.message]));
  return { message: error.issues[0]?.message ?? 'The input is not valid.', fields };
}
