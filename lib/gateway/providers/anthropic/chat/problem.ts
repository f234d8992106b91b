import type { z } from 'zod';

/** A request that can't be translated. The message is for the caller. */
export class RequestProblem extends Error {
  override readonly name = 'RequestProblem';

  constructor(
    message: string,
    /** Where in the body, such as "messages.2.content.0"; null for the body as a whole. */
    readonly param: string | null,
  ) {
    super(message);
  }
}

/** The first thing that is wrong with a body, with its place. */
export function problemOf(error: z.ZodError): RequestProblem {
  const { path, message } = deepest(error.issues);
  const param = path.length > 0 ? path.join('.') : null;
  return new RequestProblem(param === null ? `The body: ${message}.` : `${param}: ${message}.`, param);
}

/** A union fails with the issues of each of its forms: the one that got furthest is the one that was meant. */
function deepest(issues: readonly z.core.$ZodIssue[]): { path: PropertyKey[]; message: string } {
  const issue = issues[0];
  if (issue === undefined) return { path: [], message: 'Invalid input' };
  let best = { path: [...issue.path], message: issue.message };
  if (issue.code !== 'invalid_union') return best;
  for (const form of issue.errors) {
    const inner = deepest(form);
    if (inner.path.length > best.path.length - issue.path.length) {
      best = { path: [...issue.path, ...inner.path], message: inner.message };
    }
  }
  return best;
}
