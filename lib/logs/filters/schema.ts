import { z } from 'zod';

/** What a log can be filtered by, and how. The API, the dashboard and alerts all read this one list. */

/** As documented for the API. The empty one is "equals"; with several values it means any of them, and `not` none of them. */
export const filterOperator = z.enum([
  '',
  'not',
  'in',
  'isnull',
  'lt',
  'lte',
  'gt',
  'gte',
  'iexact',
  'contains',
  'icontains',
  'startswith',
  'endswith',
]);
export type FilterOperator = z.infer<typeof filterOperator>;

/** `json` is a member of the caller's metadata: text, number or boolean, whichever was sent. */
export type FieldKind = 'text' | 'id' | 'number' | 'boolean' | 'time' | 'json';

const SAMENESS = ['', 'not', 'in', 'isnull'] as const;
const ORDER = ['lt', 'lte', 'gt', 'gte'] as const;
const PARTS = ['iexact', 'contains', 'icontains', 'startswith', 'endswith'] as const;

export const OPERATORS_OF: Readonly<Record<FieldKind, readonly FilterOperator[]>> = {
  text: [...SAMENESS, ...PARTS],
  id: SAMENESS,
  number: [...SAMENESS, ...ORDER],
  boolean: SAMENESS,
  time: [...SAMENESS, ...ORDER],
  json: [...SAMENESS, ...ORDER, ...PARTS],
};

/** Numbers are in the unit of the API: dollars, seconds, tokens, tokens a second. */
export const FILTER_FIELDS = {
  unique_id: { kind: 'id', label: 'Log ID' },
  timestamp: { kind: 'time', label: 'Time' },
  environment: { kind: 'text', label: 'Environment' },
  model: { kind: 'text', label: 'Model' },
  requested_model: { kind: 'text', label: 'Requested model' },
  provider_id: { kind: 'text', label: 'Provider' },
  endpoint: { kind: 'text', label: 'Endpoint' },
  log_type: { kind: 'text', label: 'Type' },
  log_method: { kind: 'text', label: 'Source' },
  stream: { kind: 'boolean', label: 'Streamed' },
  status: { kind: 'text', label: 'Status' },
  status_code: { kind: 'number', label: 'Status code' },
  failed: { kind: 'boolean', label: 'Failed' },
  error_cause: { kind: 'text', label: 'Error cause' },
  error_type: { kind: 'text', label: 'Error type' },
  error_message: { kind: 'text', label: 'Error message' },
  stop_reason: { kind: 'text', label: 'Stop reason' },
  warnings: { kind: 'text', label: 'Warnings' },
  attempt_count: { kind: 'number', label: 'Attempts' },
  cost: { kind: 'number', label: 'Cost' },
  latency: { kind: 'number', label: 'Latency' },
  time_to_first_token: { kind: 'number', label: 'Time to first token' },
  tokens_per_second: { kind: 'number', label: 'Tokens per second' },
  prompt_tokens: { kind: 'number', label: 'Input tokens' },
  completion_tokens: { kind: 'number', label: 'Output tokens' },
  total_request_tokens: { kind: 'number', label: 'All tokens' },
  prompt_cache_hit_tokens: { kind: 'number', label: 'Tokens read from cache' },
  prompt_cache_creation_tokens: { kind: 'number', label: 'Tokens written to cache' },
  reasoning_tokens: { kind: 'number', label: 'Reasoning tokens' },
  usage_estimated: { kind: 'boolean', label: 'Usage estimated' },
  cache_hit: { kind: 'boolean', label: 'Answered from cache' },
  organization_key_id: { kind: 'id', label: 'API key ID' },
  organization_key_name: { kind: 'text', label: 'API key' },
  deployment_name: { kind: 'text', label: 'Credential' },
  covered_by: { kind: 'text', label: 'Paid by' },
  used_custom_credential: { kind: 'boolean', label: 'Own credential' },
  untouched: { kind: 'boolean', label: 'Untouched' },
  simulated: { kind: 'boolean', label: 'Simulated' },
  customer_identifier: { kind: 'text', label: 'Customer' },
  customer_email: { kind: 'text', label: 'Customer email' },
  customer_name: { kind: 'text', label: 'Customer name' },
  thread_identifier: { kind: 'text', label: 'Thread' },
  custom_identifier: { kind: 'text', label: 'Custom ID' },
  group_identifier: { kind: 'text', label: 'Group' },
  load_balance_group_id: { kind: 'text', label: 'Load balance group' },
  trace_unique_id: { kind: 'text', label: 'Trace' },
  span_unique_id: { kind: 'text', label: 'Span' },
  span_name: { kind: 'text', label: 'Span name' },
  span_workflow_name: { kind: 'text', label: 'Workflow' },
  prompt_id: { kind: 'text', label: 'Prompt ID' },
  prompt_name: { kind: 'text', label: 'Prompt name' },
  category: { kind: 'text', label: 'Category' },
  note: { kind: 'text', label: 'Note' },
  positive_feedback: { kind: 'boolean', label: 'Positive feedback' },
  input: { kind: 'text', label: 'Prompt preview' },
  output: { kind: 'text', label: 'Reply preview' },
} as const satisfies Record<string, { kind: FieldKind; label: string }>;
export type FilterField = keyof typeof FILTER_FIELDS;

/** Other names that clients send. */
const ALIASES: Readonly<Record<string, FilterField>> = {
  id: 'unique_id',
  session_identifier: 'thread_identifier',
  trace_group_identifier: 'thread_identifier',
  generation_time: 'latency',
  ttft: 'time_to_first_token',
  all_tokens: 'total_request_tokens',
  total_tokens: 'total_request_tokens',
  full_model_name: 'model',
  start_time: 'timestamp',
  organization_key__name: 'organization_key_name',
};

export const METADATA_PREFIX = 'metadata__';

const scalar = z.union([z.string().max(2000), z.number(), z.boolean()], 'Must be a text, a number, true or false.');
const values = z
  .union([scalar, z.array(scalar).max(500, 'Must have at most 500 values.')])
  .transform((given) => (Array.isArray(given) ? given : [given]))
  .refine((list) => list.length > 0, 'Must have a value.');

/**
 * One condition. A field that is not in the list is a member of the caller's metadata, with or without `metadata__` before it.
 * Values are checked against the field's kind, so that a query is never about what a column can't hold.
 */
export const logFilter = z
  .object({
    field: z.string().min(1).max(200).transform(presentName),
    operator: filterOperator.default(''),
    value: values,
    /** How it joins those before it. */
    connector: z.enum(['AND', 'OR']).default('AND'),
  })
  .transform((filter, context) => {
    const kind = kindOf(filter.field);
    const fail = (message: string) => {
      context.addIssue({ code: 'custom', path: [filter.field], message });
      return z.NEVER;
    };
    if (!OPERATORS_OF[kind].includes(filter.operator)) {
      const usable = OPERATORS_OF[kind].map((operator) => `"${operator}"`).join(', ');
      return fail(`"${filter.operator}" does not fit this field. Use one of ${usable}.`);
    }
    const type = filter.operator === 'isnull' ? VALUE_TYPES.boolean : VALUE_TYPES[kind];
    const parsed = z.array(type).safeParse(filter.value);
    return parsed.success
      ? { ...filter, value: parsed.data }
      : fail(parsed.error.issues[0]?.message ?? 'Is not valid.');
  });
export type LogFilter = z.output<typeof logFilter>;
/** What a caller writes: operator and connector may be left out, a single value needs no list. */
export type LogFilterInput = z.input<typeof logFilter>;

const text = scalar.transform(String);

const VALUE_TYPES: Readonly<Record<FieldKind, z.ZodType<string | number | boolean>>> = {
  text,
  id: text,
  json: scalar,
  number: z.union([z.number(), z.string().trim().min(1).transform(Number).pipe(z.number())], 'Must be a number.'),
  boolean: z.union(
    [z.boolean(), z.stringbool(), z.union([z.literal(0), z.literal(1)]).transform(Boolean)],
    'Must be true or false.',
  ),
  time: z
    .union([z.string(), z.number()])
    .transform((given) => new Date(typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : given))
    .refine((date) => !Number.isNaN(date.getTime()), 'Must be an ISO 8601 time.')
    // What both sides can write.
    .refine((date) => !(date.getUTCFullYear() < 1 || date.getUTCFullYear() > 9999), 'Must be of the years 1 to 9999.')
    .transform((date) => date.toISOString()),
};

/** @returns how a field is compared; members of metadata have no fixed type */
export function kindOf(field: string): FieldKind {
  return isFilterField(field) ? FILTER_FIELDS[field].kind : 'json';
}

export function isFilterField(name: string): name is FilterField {
  return Object.hasOwn(FILTER_FIELDS, name);
}

function presentName(name: string): string {
  if (isFilterField(name) || name.startsWith(METADATA_PREFIX)) return name;
  return (Object.hasOwn(ALIASES, name) ? ALIASES[name] : undefined) ?? `${METADATA_PREFIX}${name}`;
}

/** The values of a field among the logs of a query, the most frequent first. */
export const facet = z.object({
  field: z.custom<FilterField>((name) => typeof name === 'string' && isFilterField(name)),
  /** A value of null stands for logs without one. A key has its name as label. */
  values: z.array(z.object({ value: z.string().nullable(), label: z.string().nullable(), count: z.number().int() })),
  /** `all`: of every log, in whole hours or days. `newest`: of the newest logs that match, at most 20,000. */
  counted: z.enum(['all', 'newest']),
});
export type Facet = z.infer<typeof facet>;
