import { z } from 'zod';
import { MEBIBYTE, readText } from '@/app/read-text';
import type { Context } from '@/lib/auth/context';
import { requireApiKey } from '@/lib/auth/guards';
import { AppError, toAppError } from '@/lib/errors';

type Key = Awaited<ReturnType<typeof requireApiKey>>['key'];

/**
 * Answers a request that brings an API key: whose it is, the body as JSON (or a response as it is), every error as `detail`,
 * as existing clients read it.
 */
export async function answerKey(
  request: Request,
  body: (ctx: Context, key: Key) => Promise<unknown>,
): Promise<Response> {
  try {
    const { ctx, key } = await requireApiKey(request);
    const result = await body(ctx, key);
    return result instanceof Response ? result : Response.json(result, { headers: NO_STORE });
  } catch (error) {
    if (error instanceof z.ZodError) return refusal(422, { detail: 'Validation error', errors: fieldsOf(error) });
    const { code, cause, message, status } = toAppError(error);
    if (code === 'internal') console.error('An API request failed:', cause ?? message);
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

/** What the API takes at once, as documented. */
const MAX_BODY_BYTES = 20 * MEBIBYTE;

/** A body as JSON; none at all counts as an empty object. @throws AppError bad_request, too_large */
export async function jsonBody(request: Request): Promise<unknown> {
  const text = await readText(request, MAX_BODY_BYTES);
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('bad_request', 'Invalid request format', { cause });
  }
}
