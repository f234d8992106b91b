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

/**
 * A union fails with the issues of each of its forms: the one that got furthest is the one that was meant. A union that
 * has words of its own keeps them unless a form got behind its discriminator.
 */
function deepest(issues: readonly z.core.$ZodIssue[]): { path: PropertyKey[]; message: string } {
  const issue = issues[0];
  if (issue === undefined) return { path: [], message: 'Invalid input' };
  const { path, message } = issue;
  if (issue.code !== 'invalid_union') return { path, message };
  let furthest: { path: PropertyKey[]; message: string } = { path: [], message };
  for (const form of issue.errors) {
    const inner = deepest(form);
    if (inner.path.length > furthest.path.length) furthest = inner;
  }
  const ownWords = message !== 'Invalid input' && furthest.path.length < 2;
  return ownWords ? { path, message } : { path: [...path, ...furthest.path], message: furthest.message };
}
