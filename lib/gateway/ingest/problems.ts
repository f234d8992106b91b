import type { z } from 'zod';
import { firstLine } from './preview';
import { logSchema } from './schema';

/** Problems by field, for the answer; nested fields as "usage.prompt_tokens", by the names the sender used. */
export function errorsByField(error: z.ZodError, sentAs: (name: string) => string): Record<string, string[]> {
  const errors = new Map<string, string[]>();
  for (const issue of error.issues) {
    const [first, ...rest] = issue.path.map(String);
    const field = first === undefined ? 'body' : [sentAs(first), ...rest].join('.').slice(0, 255);
    errors.set(field, [...(errors.get(field) ?? []), issue.message]);
  }
  return Object.fromEntries(errors);
}

/** A field we do not know is most often a misspelled one: say so where its sender will look. */
export function warnOfUnknownFields(fields: Record<string, unknown>): string[] {
  const names = Object.keys(fields).filter((name) => !Object.hasOwn(logSchema.shape, name));
  if (names.length === 0) return [];
  const shown = names.slice(0, 10).map((name) => firstLine(name, 60));
  const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : '';
  return [`Ignored fields that are not known: ${shown.join(', ')}${more}.`];
}
