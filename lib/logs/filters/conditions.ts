import { join, type Sql, sql } from '@/lib/db/sql';
import type { FilterOperator, LogFilter } from './schema';

/** A condition for each kind of column. Values are parameters; several of them mean any of them, and with `not` none of them. */

type Values = LogFilter['value'];

const NOTHING = sql`FALSE`;
const EVERYTHING = sql`TRUE`;

/** `not` finds what has no value as well: "not claude-opus" includes logs without a model. */
export function textCondition(column: Sql, operator: FilterOperator, values: Values): Sql {
  const texts = values.map(String);
  if (operator === 'isnull') return nullCondition(column, values);
  if (operator === '' || operator === 'in') return equals(column, texts);
  if (operator === 'not') return sql`(${column} IS NULL OR ${column} <> ALL(${texts}::text[]))`;
  return anyOf(texts.map((text) => textMatch(column, operator, text)));
}

function equals(column: Sql, texts: readonly string[]): Sql {
  // One value alone leaves the planner an ordered walk over the index.
  return texts.length === 1 ? sql`${column} = ${texts[0]}` : sql`${column} = ANY(${texts}::text[])`;
}

function textMatch(column: Sql, operator: FilterOperator, text: string): Sql {
  if (operator === 'iexact') return sql`lower(${column}) = lower(${text}::text)`;
  if (operator === 'contains') return sql`strpos(${column}, ${text}::text) > 0`;
  if (operator === 'icontains') return sql`strpos(lower(${column}), lower(${text}::text)) > 0`;
  if (operator === 'startswith') return sql`starts_with(${column}, ${text}::text)`;
  return sql`right(${column}, length(${text}::text)) = ${text}::text`;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What is no id matches nothing. */
export function idCondition(column: Sql, operator: FilterOperator, values: Values): Sql {
  if (operator === 'isnull') return nullCondition(column, values);
  const ids = values.map(String).filter((value) => UUID.test(value));
  if (operator === 'not') return sql`(${column} IS NULL OR ${column} <> ALL(${ids}::uuid[]))`;
  if (ids.length === 1) return sql`${column} = ${ids[0]}::uuid`;
  return ids.length === 0 ? NOTHING : sql`${column} = ANY(${ids}::uuid[])`;
}

/** @param expression a condition that may be null for what is not known */
export function booleanCondition(expression: Sql, operator: FilterOperator, values: Values): Sql {
  if (operator === 'isnull') return nullCondition(expression, values);
  const wanted = new Set(values.map((value) => (operator === 'not' ? value !== true : value === true)));
  if (wanted.size === 2) return EVERYTHING;
  return wanted.has(true) ? sql`${expression}` : sql`NOT ${expression}`;
}

const COMPARISONS = { lt: sql`<`, lte: sql`<=`, gt: sql`>`, gte: sql`>=` };

/**
 * Whole numbers are compared as whole numbers, so that an index on the column can be used: over 0.0015 s is from 2 ms on.
 * @param perUnit how many of the column make one of the value's unit
 */
export function wholeCondition(column: Sql, perUnit: number, operator: FilterOperator, values: Values): Sql {
  if (operator === 'isnull') return nullCondition(column, values);
  const numbers = values.map((value) => scaled(Number(value), perUnit));
  if (operator === 'lt' || operator === 'gte') return compare(column, operator, numbers.map(Math.ceil));
  if (operator === 'lte' || operator === 'gt') return compare(column, operator, numbers.map(Math.floor));
  const exact = numbers.filter((number) => Number.isSafeInteger(number)).map(String);
  if (operator === 'not') return sql`(${column} IS NULL OR ${column} <> ALL(${exact}::bigint[]))`;
  if (exact.length === 1) return sql`${column} = ${exact[0]}::bigint`;
  return exact.length === 0 ? NOTHING : sql`${column} = ANY(${exact}::bigint[])`;
}

/** 0.0035 dollars are 3500000 nano-dollars, and not a bit more for being a binary fraction. */
function scaled(value: number, perUnit: number): number {
  const product = value * perUnit;
  const nearest = Math.round(product);
  return Math.abs(product - nearest) <= Math.abs(product) * 1e-12 ? nearest : product;
}

function compare(column: Sql, operator: keyof typeof COMPARISONS, numbers: readonly number[]): Sql {
  const limits = numbers.map((number) => Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, number)));
  return anyOf(limits.map((limit) => sql`${column} ${COMPARISONS[operator]} ${String(limit)}::bigint`));
}

export function floatCondition(expression: Sql, operator: FilterOperator, values: Values): Sql {
  if (operator === 'isnull') return nullCondition(expression, values);
  const numbers = values.map(Number);
  if (operator === 'lt' || operator === 'lte' || operator === 'gt' || operator === 'gte')
    return anyOf(numbers.map((number) => sql`${expression} ${COMPARISONS[operator]} ${number}::float8`));
  if (operator === 'not') return sql`(${expression} IS NULL OR ${expression}::float8 <> ALL(${numbers}::float8[]))`;
  return sql`${expression}::float8 = ANY(${numbers}::float8[])`;
}

export function timeCondition(column: Sql, operator: FilterOperator, values: Values): Sql {
  if (operator === 'isnull') return nullCondition(column, values);
  const times = values.map(String);
  if (operator === 'lt' || operator === 'lte' || operator === 'gt' || operator === 'gte')
    return anyOf(times.map((time) => sql`${column} ${COMPARISONS[operator]} ${time}::timestamptz`));
  if (operator === 'not') return sql`${column} <> ALL(${times}::timestamptz[])`;
  return sql`${column} = ANY(${times}::timestamptz[])`;
}

/**
 * A member of a JSON column. Equality goes by containment, which the index on it serves, and finds 5 and "5" alike,
 * because an address has no types.
 * @param path from the column to the member
 */
export function jsonCondition(column: Sql, path: readonly string[], operator: FilterOperator, values: Values): Sql {
  const member = sql`(${column} #>> ${[...path]}::text[])`;
  if (operator === 'isnull') return nullCondition(member, values);
  if (operator === '' || operator === 'in') return anyOf(values.map((value) => contains(column, path, value)));
  if (operator === 'not') return textCondition(member, 'not', values);
  if (operator !== 'lt' && operator !== 'lte' && operator !== 'gt' && operator !== 'gte')
    return textCondition(member, operator, values);
  const numbers = values.map(Number).filter((number) => Number.isFinite(number));
  // CASE keeps the cast from what is no number.
  const number = sql`CASE WHEN jsonb_typeof(${column} #> ${[...path]}::text[]) = 'number' THEN ${member}::numeric END`;
  return anyOf(numbers.map((limit) => sql`${number} ${COMPARISONS[operator]} ${limit}::numeric`));
}

function contains(column: Sql, path: readonly string[], value: Values[number]): Sql {
  const readings = new Set<string | number | boolean>([value, String(value)]);
  if (value === 'true' || value === 'false') readings.add(value === 'true');
  const number = Number(value);
  if (String(value).trim() !== '' && Number.isFinite(number)) readings.add(number);
  return anyOf([...readings].map((reading) => sql`${column} @> ${nested(path, reading)}::jsonb`));
}

function nested(path: readonly string[], value: unknown): string {
  return JSON.stringify(path.reduceRight((inner, name) => ({ [name]: inner }), value));
}

function nullCondition(column: Sql, values: Values): Sql {
  return values.every(Boolean) ? sql`${column} IS NULL` : sql`${column} IS NOT NULL`;
}

function anyOf(conditions: readonly Sql[]): Sql {
  const [only] = conditions;
  if (!only) return NOTHING;
  return conditions.length === 1 ? sql`(${only})` : sql`(${join([...conditions], ' OR ')})`;
}
