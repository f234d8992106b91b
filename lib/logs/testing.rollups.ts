/** What the rollups should hold, counted again from the logs in plain SQL. $1 is the granularity. */

export interface RolledUp {
  /** Columns of the rollup's key after the organization, the bucket and the environment, as the logs give them. */
  readonly by: string;
  readonly sums: readonly string[];
  readonly kept: string;
}

const SUMS: Readonly<Record<string, string>> = {
  requests: 'count(*)',
  simulatedRequests: 'count(*) FILTER (WHERE "simulated")',
  errorsCaller: `count(*) FILTER (WHERE "cause" = 'caller')`,
  errorsProvider: `count(*) FILTER (WHERE "cause" = 'provider')`,
  errorsLimit: `count(*) FILTER (WHERE "cause" = 'limit')`,
  errorsGateway: `count(*) FILTER (WHERE "cause" = 'gateway')`,
  errorsRateLimited: `count(*) FILTER (WHERE "cause" = 'provider' AND "statusCode" IN (429, 529))`,
  aborted: `count(*) FILTER (WHERE "status" = 'aborted')`,
  unpricedRequests: `count(*) FILTER (WHERE "status" = 'success' AND "costNanoUsd" IS NULL AND "inputTokens" IS NOT NULL)`,
  costNanoUsd: 'coalesce(sum("costNanoUsd"), 0)',
  tokens: `sum(coalesce("inputTokens", 0) + coalesce("outputTokens", 0) + coalesce("cacheReadTokens", 0)
    + coalesce("cacheWrite5mTokens", 0) + coalesce("cacheWrite1hTokens", 0))`,
  inputTokens: 'coalesce(sum("inputTokens"), 0)',
  outputTokens: 'coalesce(sum("outputTokens"), 0)',
  cacheReadTokens: 'coalesce(sum("cacheReadTokens"), 0)',
  cacheWrite5mTokens: 'coalesce(sum("cacheWrite5mTokens"), 0)',
  cacheWrite1hTokens: 'coalesce(sum("cacheWrite1hTokens"), 0)',
  savedByRetry: 'count(*) FILTER (WHERE "failedModel" = "lastModel")',
  savedByFallback: 'count(*) FILTER (WHERE "failedModel" <> "lastModel")',
  streamedTokens: 'coalesce(sum("outputTokens") FILTER (WHERE "streamedMs" > 0), 0)',
  streamedMs: 'coalesce(sum("streamedMs"), 0)',
  cacheSavedNanoUsd: 'sum("cacheSavedNanoUsd")',
  errors: 'count("cause")',
};
const MEASURES = Object.keys(SUMS).filter((name) => name !== 'errors' && name !== 'tokens');

const SAVED = `(SELECT coalesce(sum(div(
    (part->>3)::numeric * ((input->>2)::numeric - (part->>2)::numeric), (part->>2)::numeric)), 0)
  FROM jsonb_array_elements("pricing"->'p') AS part
  JOIN jsonb_array_elements("pricing"->'p') AS input
    ON input->>0 = 'input' AND coalesce(input->>4, '') = coalesce(part->>4, '')
  WHERE part->>0 LIKE 'cache%')`;

/** Every log with its bucket and what is derived from it. */
export const BUCKETED = `SELECT "organizationId", date_trunc($1, "startedAt", 'UTC') AS "bucketAt", "environment"::text,
  coalesce("provider", '') AS "provider", coalesce("model", '') AS "model",
  coalesce("apiKeyId", '00000000-0000-0000-0000-000000000000') AS "apiKeyId", "status", "statusCode", "simulated",
  CASE WHEN "status" IN ('error', 'interrupted') THEN coalesce("errorCause", 'gateway') END AS "cause",
  "costNanoUsd", "inputTokens", "outputTokens", "cacheReadTokens", "cacheWrite5mTokens", "cacheWrite1hTokens",
  "latencyMs", "ttftMs", "customerIdentifier", "attempts",
  CASE WHEN "status" = 'success' THEN "attempts"->-1->>'model' END AS "lastModel",
  (SELECT one->>'model' FROM jsonb_array_elements("attempts") WITH ORDINALITY AS a (one, nr)
    WHERE nr < jsonb_array_length("attempts") AND (coalesce(one->>'statusCode', '') <> '200' OR one->>'outcome' <> 'ok')
    ORDER BY nr LIMIT 1) AS "failedModel",
  CASE WHEN "status" = 'success' AND "outputTokens" > 0 AND "latencyMs" > "ttftMs" THEN "latencyMs" - "ttftMs" END AS "streamedMs",
  ${SAVED} AS "cacheSavedNanoUsd"
  FROM "RequestLog" JOIN "RequestPayload" USING ("organizationId", "id")`;

export const combinedBy = rolledUp('"Rollup"', '"provider", "model", "apiKeyId"', '"provider", "model", "apiKeyId"');

export const DIMENSIONS = {
  all: dimension('all', `''`),
  model: dimension('model', '"model"'),
  provider: dimension('provider', '"provider"'),
  key: dimension('key', '"apiKeyId"::text'),
  status: dimension(
    'status',
    `CASE "status" WHEN 'success' THEN 'ok' WHEN 'aborted' THEN 'aborted' ELSE "cause" END || '/' || "statusCode"`,
  ),
};

export const CUSTOMERS = rolledUp('"CustomerRollup"', '"customer"', '"customerIdentifier"', {
  sums: ['requests', 'errors', 'unpricedRequests', 'costNanoUsd', 'tokens'],
});

function dimension(name: string, by: string): RolledUp {
  return rolledUp('"DimensionRollup"', '"value"', by, { where: `AND "dimension" = '${name}'` });
}

function rolledUp(
  table: string,
  columns: string,
  by: string,
  options: { sums?: string[]; where?: string } = {},
): RolledUp {
  const sums = options.sums ?? MEASURES;
  return {
    by,
    sums,
    kept: `SELECT "organizationId", "bucketAt", "environment"::text, ARRAY[${columns.replace(/"apiKeyId"/, '"apiKeyId"::text')}] AS "by",
      ${sums.map((name) => `"${name}"::text`).join()}
      FROM ${table} WHERE "granularity" = $1 ${options.where ?? ''} ORDER BY 1, 2, 3, 4`,
  };
}

export function sumsFromLogs({ by, sums }: RolledUp): string {
  return `SELECT "organizationId", "bucketAt", "environment", ARRAY[${by.replace(/"apiKeyId"$/, '"apiKeyId"::text')}] AS "by",
    ${sums.map((name) => `(${SUMS[name]})::text AS "${name}"`).join()}
    FROM (${BUCKETED}) AS log ${by === '"customerIdentifier"' ? `WHERE ${by} IS NOT NULL` : ''}
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`;
}

const FAULTS = ['rateLimited', 'overloaded', 'serverErrors', 'connectionErrors', 'refused'];
const ATTEMPT_KEY = `"organizationId", "bucketAt", "environment"::text, "provider", "credentialId"::text`;

export const attemptsRolledUp = `SELECT ${ATTEMPT_KEY}, ${['attempts', ...FAULTS].map((name) => `"${name}"::int`).join()}
  FROM "AttemptRollup" WHERE "granularity" = $1 ORDER BY 1, 2, 3, 4, 5`;

export const attemptsFromLogs = `SELECT "organizationId", "bucketAt", "environment", "provider", "credentialId", count(*)::int AS "attempts",
    ${FAULTS.map((fault) => `count(*) FILTER (WHERE "fault" = '${fault}')::int AS "${fault}"`).join()}
  FROM (
    SELECT "organizationId", "bucketAt", "environment", one->>'provider' AS "provider",
      coalesce(one->>'credentialId', '00000000-0000-0000-0000-000000000000') AS "credentialId",
      CASE WHEN code = 429 THEN 'rateLimited' WHEN code = 529 THEN 'overloaded' WHEN code >= 500 THEN 'serverErrors'
        WHEN code >= 400 THEN 'refused' WHEN "status" = 'aborted' AND nr = jsonb_array_length("attempts") THEN NULL
        WHEN code IS NOT NULL AND one->>'outcome' = 'ok' THEN NULL ELSE 'connectionErrors' END AS "fault"
    FROM (${BUCKETED}) AS log, jsonb_array_elements("attempts") WITH ORDINALITY AS a (one, nr),
      LATERAL (SELECT (one->>'statusCode')::int AS code) AS c
    WHERE code IS NOT NULL OR (one->>'durationMs')::numeric > 0
  ) AS tried
  GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5`;
