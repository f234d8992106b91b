import type { Context } from '@/lib/auth/context';
import { type Sql, sql } from '@/lib/db/sql';
import type { FilterField } from './schema';

/** How a field of the API is found in RequestLog "log". */
export type Column =
  | { readonly as: 'text' | 'uuid' | 'time' | 'float'; readonly sql: Sql }
  /** A column of whole numbers that counts so many to one of the API's unit. */
  | { readonly as: 'whole'; readonly sql: Sql; readonly perUnit: number }
  | { readonly as: 'boolean'; readonly sql: Sql }
  /** The name of a row of another table that the log points to. */
  | { readonly as: 'name'; readonly sql: Sql; readonly table: Sql }
  /** A documented field that is kept in the log's metadata. */
  | { readonly as: 'kept'; readonly member: string };

const text = (column: Sql) => ({ as: 'text' as const, sql: column });
const count = (column: Sql, perUnit = 1) => ({ as: 'whole' as const, sql: column, perUnit });
const kept = (member: string) => ({ as: 'kept' as const, member });

const promptTokens = sql`(log."inputTokens" + coalesce(log."cacheReadTokens", 0)
  + coalesce(log."cacheWrite5mTokens", 0) + coalesce(log."cacheWrite1hTokens", 0))`;

export const COLUMNS = {
  unique_id: { as: 'uuid', sql: sql`log."id"` },
  timestamp: { as: 'time', sql: sql`log."startedAt"` },
  environment: text(sql`log."environment"::text`),
  model: text(sql`log."model"`),
  requested_model: text(sql`log."requestedModel"`),
  provider_id: text(sql`log."provider"`),
  endpoint: text(sql`log."endpoint"`),
  log_type: text(sql`log."logType"`),
  log_method: text(sql`log."logMethod"`),
  stream: { as: 'boolean', sql: sql`log."stream"` },
  status: text(sql`log."status"`),
  status_code: count(sql`log."statusCode"`),
  // Said twice, so that the index of what did not succeed can be used.
  failed: { as: 'boolean', sql: sql`(log."status" <> 'success' AND log."status" IN ('error', 'interrupted'))` },
  error_cause: text(sql`log."errorCause"`),
  error_type: text(sql`log."errorType"`),
  error_message: text(sql`log."errorMessage"`),
  stop_reason: text(sql`log."stopReason"`),
  warnings: text(sql`nullif(array_to_string(log."warnings", chr(10)), '')`),
  attempt_count: count(sql`log."attemptCount"`),
  cost: count(sql`log."costNanoUsd"`, 1_000_000_000),
  latency: count(sql`log."latencyMs"`, 1000),
  time_to_first_token: count(sql`log."ttftMs"`, 1000),
  tokens_per_second: {
    as: 'float',
    sql: sql`(log."outputTokens" * 1000.0 / nullif(log."latencyMs" - coalesce(log."ttftMs", 0), 0))`,
  },
  prompt_tokens: count(promptTokens),
  completion_tokens: count(sql`log."outputTokens"`),
  total_request_tokens: count(sql`(${promptTokens} + log."outputTokens")`),
  prompt_cache_hit_tokens: count(sql`log."cacheReadTokens"`),
  prompt_cache_creation_tokens: count(sql`(log."cacheWrite5mTokens" + log."cacheWrite1hTokens")`),
  reasoning_tokens: count(sql`log."reasoningTokens"`),
  usage_estimated: { as: 'boolean', sql: sql`log."usageEstimated"` },
  cache_hit: { as: 'boolean', sql: sql`(log."model" IS NOT DISTINCT FROM 'respan/cache')` },
  organization_key_id: { as: 'uuid', sql: sql`log."apiKeyId"` },
  organization_key_name: { as: 'name', sql: sql`log."apiKeyId"`, table: sql`"ApiKey"` },
  deployment_name: { as: 'name', sql: sql`log."credentialId"`, table: sql`"IntegrationKey"` },
  covered_by: text(sql`log."credentialSource"`),
  used_custom_credential: {
    as: 'boolean',
    sql: sql`(coalesce(log."credentialSource", 'credits') <> 'credits')`,
  },
  untouched: { as: 'boolean', sql: sql`log."untouched"` },
  simulated: { as: 'boolean', sql: sql`log."simulated"` },
  customer_identifier: text(sql`log."customerIdentifier"`),
  customer_email: kept('customer_email'),
  customer_name: kept('customer_name'),
  thread_identifier: text(sql`log."threadIdentifier"`),
  custom_identifier: text(sql`log."customIdentifier"`),
  group_identifier: kept('group_identifier'),
  load_balance_group_id: kept('load_balance_group_id'),
  trace_unique_id: kept('trace_unique_id'),
  span_unique_id: kept('span_unique_id'),
  span_name: kept('span_name'),
  span_workflow_name: kept('span_workflow_name'),
  prompt_id: kept('prompt_id'),
  prompt_name: kept('prompt_name'),
  category: kept('category'),
  note: kept('note'),
  positive_feedback: kept('positive_feedback'),
  input: text(sql`log."promptPreview"`),
  output: text(sql`log."replyPreview"`),
} as const satisfies Readonly<Record<FilterField, Column>>;

/** Where the ingest keeps documented fields that have no column, within the log's metadata. */
export const KEPT_UNDER = 'respan_fields';

/** The organization's rows of a table that have names, as "named". */
export function namedIn(ctx: Context, table: Sql): Sql {
  return sql`FROM ${table} AS named WHERE named."organizationId" = ${ctx.organizationId}::uuid`;
}

/** A field as text, as a filter with that value would find it. */
export function asText(ctx: Context, field: FilterField): Sql {
  const column: Column = COLUMNS[field];
  if (column.as === 'name')
    return sql`(SELECT named."name" ${namedIn(ctx, column.table)} AND named."id" = ${column.sql})`;
  if (column.as === 'kept') return sql`(log."metadata" #>> ${[KEPT_UNDER, column.member]}::text[])`;
  if (column.as === 'whole' && column.perUnit !== 1) return sql`(${column.sql}::numeric / ${column.perUnit})::text`;
  return sql`${column.sql}::text`;
}
