import { z } from 'zod';
import { type LogFilter, logFilter } from '../filters/schema';

/** What programs say to the log API, and what it answers. The OpenAPI document is made from these. */

const instant = z
  .union(
    [z.iso.datetime({ offset: true, local: true }), z.iso.date()],
    'Must be an ISO 8601 time, such as 2026-01-31T12:00:00Z.',
  )
  .transform((text) => new Date(/T.*(Z|[+-]\d\d:?\d\d)$|^[^T]*$/i.test(text) ? text : `${text}Z`));
const flag = z.union([z.boolean(), z.stringbool()], 'Must be true or false.');
const csv = z.string().transform((text) =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean),
);

/** What can be sorted by, `-` for the largest first. */
export const SORTS = [
  ...(['id', 'timestamp', 'cost', 'time_to_first_token', 'latency', 'prompt_tokens', 'completion_tokens'] as const),
  ...(['all_tokens', 'total_request_tokens', 'tokens_per_second'] as const),
] as const;
export type Sort = (typeof SORTS)[number];

/** The documented parameters; everything else in the query is a filter. */
export const listParameters = z.object({
  start_time: instant.optional().meta({ description: 'Default: an hour before end_time.' }),
  end_time: instant.optional().meta({ description: 'Default: now.' }),
  sort_by: z
    .string()
    .regex(new RegExp(`^-?(${SORTS.join('|')})$`), `Must be one of ${SORTS.join(', ')}, with - for the largest first.`)
    .default('-id'),
  page: z.coerce.number().int().min(1).default(1),
  page_size: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.guid().optional().meta({ description: 'The log to go on after, as `next` has it. For sort_by id alone.' }),
  environment: z.enum(['production', 'prod', 'test']).optional().meta({ description: "Default: the API key's own." }),
  is_test: flag.optional().meta({ description: 'The older way to say environment; wins over all_envs.' }),
  all_envs: flag.default(false),
  fetch_filters: flag.default(false).meta({ description: 'Answer the values there are to filter by, with counts.' }),
  include_fields: csv.optional().meta({ description: 'Names of fields, by comma. Default: all of them.' }),
});
export type ListParameters = z.output<typeof listParameters>;

const filterValue = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.array(z.union([z.string(), z.number(), z.boolean()])),
]);
const bodyFilter = z.object({
  operator: z.string().default(''),
  value: filterValue,
  connector: z.string().optional(),
});

/** `{"filters": {"cost": {"operator": "gt", "value": [0.01]}}, "operator": "AND"}`, or filters as a list with `field`. */
export const listBody = z.object({
  filters: z
    .union([z.record(z.string(), bodyFilter), z.array(bodyFilter.extend({ field: z.string() }))])
    .optional()
    .meta({ description: 'By field: {"cost": {"operator": "gt", "value": [0.01]}}. Or a list, each with its field.' }),
  operator: z.enum(['AND', 'OR', 'and', 'or']).default('AND'),
});

/** The filters of a body and of an address, those of the address first. @throws ZodError by field */
export function filtersOf(body: z.output<typeof listBody>, address: URLSearchParams): LogFilter[] {
  const given = body.filters ?? {};
  const listed = Array.isArray(given) ? given : Object.entries(given).map(([field, filter]) => ({ field, ...filter }));
  const joined = listed.map(({ connector, ...filter }) => ({
    ...filter,
    connector: (connector ?? body.operator).toUpperCase(),
  }));
  const all = z.array(z.unknown()).max(50, 'Must be at most 50 filters.');
  const results = all
    .parse([...addressFilters(address), ...joined])
    .map((filter) => ({ filter, ...logFilter.safeParse(filter) }));
  const issues = results.flatMap(({ filter, error }) =>
    (error?.issues ?? []).map((issue) => ({ ...issue, path: [nameOf(filter)] })),
  );
  if (issues.length > 0) throw new z.ZodError(issues);
  return results.flatMap(({ data }) => data ?? []);
}

/** Problems are told by the field's name, not by its place in the list. */
function nameOf(filter: unknown): string {
  return typeof filter === 'object' && filter && 'field' in filter ? String(filter.field) : 'filters';
}

/** `?model=x`, or `?cost[operator]=gt&cost[value]=0.01&cost[connector]=OR`. */
function addressFilters(address: URLSearchParams): unknown[] {
  const filters = new Map<string, { field: string; value: string[]; operator?: string; connector?: string }>();
  for (const [name, value] of address) {
    const [, field, part = 'value'] = /^([^[\]]+)(?:\[(value|operator|connector)\])?$/.exec(name) ?? [];
    if (!field || Object.hasOwn(listParameters.shape, field)) continue;
    const filter = filters.get(field) ?? { field, value: [] };
    if (part === 'operator') filter.operator = value;
    else if (part === 'connector') filter.connector = value.toUpperCase();
    else filter.value.push(...(address.get(`${field}[operator]`) === 'in' ? value.split(',') : [value]));
    filters.set(field, filter);
  }
  return [...filters.values()];
}

const note = z.string().max(10_000);
const changes = {
  metadata: z
    .record(z.string(), z.unknown())
    .optional()
    .meta({ description: 'Added to what the log has; a member replaces its namesake.' }),
  custom_identifier: z.string().max(255).nullable().optional(),
  note: note.nullable().optional(),
  positive_feedback: z.boolean().nullable().optional(),
  category: z.string().max(255).nullable().optional(),
  blurred: z.boolean().optional(),
};
/** What may change of a log: what happened stays as it was. */
export const logChanges = z.object(changes);
export type LogChanges = z.output<typeof logChanges>;

export const batchUpdate = z.object({
  logs: z
    .array(z.object({ unique_id: z.string().min(1), ...changes }))
    .min(1)
    .max(500, 'Must be at most 500 logs.'),
});
