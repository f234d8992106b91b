import { z } from 'zod';
import { AppError, toAppError } from '@/lib/errors';

/** Runs the body of a route of the dashboard's own API: its value as JSON, or what went wrong with the status that belongs to it. */
export async function runRoute(body: () => Promise<unknown>): Promise<Response> {
  try {
    return Response.json(await body(), { headers: { 'cache-control': 'no-store' } });
  } catch (error) {
    const refusal =
      error instanceof z.ZodError ? new AppError('invalid_input', z.prettifyError(error)) : toAppError(error);
    if (refusal.code === 'internal') console.error('A dashboard route failed:', refusal.cause);
    return Response.json({ error: { code: refusal.code, message: refusal.message } }, { status: refusal.status });
  }
}
