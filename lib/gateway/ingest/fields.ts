import { z } from 'zod';
import { storableText } from './storable';

/** The kinds of values that logs carry. Absent and null are the same everywhere: many clients send null for absent. */

const IDENTIFIER_MAX = 255;
const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$/i;
/** Longer text is no number and no time, and need not be searched for one. */
const SCALAR_MAX = 64;
const ISO_TIME = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?\s*(Z|[+-]\d\d(:?\d\d)?)?)?$/i;
const EARLIEST_MS = Date.parse('2000-01-01T00:00:00Z');

export function optional<T extends z.ZodType>(type: T) {
  return type.nullish().transform((value) => value ?? null);
}

const numeric = z.union([z.number(), z.string().max(SCALAR_MAX).trim().regex(DECIMAL).transform(Number)], {
  error: 'Must be a number.',
});

/** A number or a decimal in a string, from 0 to `max`. */
export const amount = (max: number) =>
  optional(
    numeric.pipe(z.number('Must be a number.').min(0, 'Must not be negative.').max(max, `Must be at most ${max}.`)),
  );

/** A whole number from `min` to `max`. */
export const whole = (min: number, max: number) =>
  optional(
    numeric.pipe(
      z
        .number('Must be a number.')
        .refine(Number.isInteger, 'Must be a whole number.')
        .min(min, `Must be at least ${min}.`)
        .max(max, `Must be at most ${max}.`),
    ),
  );

/** A short string or number, as text; an empty one counts as absent. */
export const identifier = optional(
  z
    .union([z.string(), z.number()], { error: 'Must be a string or a number.' })
    .transform((value) => String(value).trim())
    .pipe(z.string().max(IDENTIFIER_MAX, `Must be at most ${IDENTIFIER_MAX} characters.`))
    .transform((value) => storableText(value) || null),
);

/** Text of any length, cut to `max` characters. */
export const text = (max: number) =>
  optional(z.string('Must be a string.').transform((value) => storableText(value.slice(0, max)) || null));

export const flag = optional(z.union([z.boolean(), z.stringbool()], { error: 'Must be true or false.' }));

/** An ISO 8601 time, in milliseconds since the epoch. Without a zone it is UTC, as Python's isoformat() means it. */
export const time = optional(
  z
    .string('Must be an ISO 8601 time.')
    .trim()
    .regex(ISO_TIME, 'Must be an ISO 8601 time, such as 2026-01-31T12:00:00Z.')
    .transform(toMs)
    .pipe(z.number('Must be a time that exists.').min(EARLIEST_MS, 'Must be after the year 2000.')),
);

function toMs(iso: string): number {
  const hasZone = /(Z|[+-]\d\d(:?\d\d)?)$/i.test(iso.slice(10));
  const normal = iso
    .replace(' ', 'T')
    .replace(/\s/g, '')
    .replace(/([+-]\d\d)$/, iso.length > 10 ? '$1:00' : '$1');
  return Date.parse(hasZone || iso.length === 10 ? normal : `${normal}Z`);
}

export const object = optional(z.record(z.string(), z.unknown(), 'Must be an object.'));

/** Content of any shape. */
export const anything = optional(z.unknown());
