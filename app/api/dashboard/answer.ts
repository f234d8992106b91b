import type { z } from 'zod';
import { MEBIBYTE, readText } from '@/app/read-text';
import type { Context } from '@/lib/auth/context';
import { requireContext } from '@/lib/auth/guards';
import { AppError, toAppError } from '@/lib/errors';

/** Answers the dashboard's own requests: whose they are, the body as JSON (or a response as it is), every error in words. */
export async function answer(body: (ctx: Context) => Promise<unknown>): Promise<Response> {
  try {
    const result = await body(await requireContext());
    return result instanceof Response ? result : json(result, 200);
  } catch (error) {
    const { code, cause, message, status } = toAppError(error);
    if (code === 'internal') console.error('A dashboard request failed:', cause ?? message);
    return json({ error: { code, message } }, status);
  }
}

/**
 * The body of a request as JSON of a shape.
 * @throws AppError invalid_input, with the first thing that is wrong; too_large
 */
export async function jsonOf<S extends z.ZodType>(
  request: Request,
  schema: S,
  maxBytes = MEBIBYTE,
): Promise<z.output<S>> {
  // A form of another site can't send this type.
  const isJson = request.headers.get('content-type')?.startsWith('application/json') ?? false;
  const parsed = schema.safeParse(isJson ? parseJson(await readText(request, maxBytes)) : null);
  if (parsed.success) return parsed.data;
  throw new AppError('invalid_input', parsed.error.issues[0]?.message ?? 'The request is not valid.');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The query of an address; of a repeated parameter the first. */
export function queryOf(request: Request): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of new URL(request.url).searchParams) query[name] ??= value;
  return query;
}

function json(body: unknown, status: number): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'private, no-store' } });
}
