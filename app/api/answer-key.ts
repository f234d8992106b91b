import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { requireApiKeyContext } from '@/lib/auth/guards';
import { AppError, toAppError } from '@/lib/errors';

/** Answers a request that brings an API key: whose it is, the body as JSON, every error as `detail`, as existing clients read it. */
export async function answerKey(request: Request, body: (ctx: Context) => Promise<unknown>): Promise<Response> {
  try {
    return Response.json(await body(await requireApiKeyContext(request)), { headers: NO_STORE });
  } catch (error) {
    if (error instanceof z.ZodError) return refusal(422, { detail: 'Validation error', errors: fieldsOf(error) });
    if (!(error instanceof AppError)) console.error('An API request failed:', error);
    const { message, status } = toAppError(error);
    return refusal(status, { detail: message });
  }
}

const NO_STORE = { 'cache-control': 'private, no-store' };

function refusal(status: number, body: object): Response {
  return Response.json(body, { status, headers: NO_STORE });
}

function fieldsOf(error: z.ZodError): Record<string, string[]> {
  const fields: Record<string, string[]> = {};
  for (const { path, message } of error.issues) {
    const name = String(path[0] ?? 'request');
    fields[name] = [...(fields[name] ?? []), message];
  }
  return fields;
}
