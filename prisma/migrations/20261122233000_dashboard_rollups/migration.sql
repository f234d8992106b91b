-- What a dashboard view needs beyond counts: what retries, fallbacks and prompt caches saved, and how fast answers are written.
ALTER TABLE "Rollup"
  ADD COLUMN "savedByRetry" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "savedByFallback" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "streamedTokens" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "streamedMs" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "cacheSavedNanoUsd" NUMERIC(38, 0) NOT NULL DEFAULT 0;
ALTER TABLE "Rollup"
  ALTER COLUMN "savedByRetry" DROP DEFAULT,
  ALTER COLUMN "savedByFallback" DROP DEFAULT,
  ALTER COLUMN "streamedTokens" DROP DEFAULT,
  ALTER COLUMN "streamedMs" DROP DEFAULT,
  ALTER COLUMN "cacheSavedNanoUsd" DROP DEFAULT;

-- A view of one model by key, or of one key by model, reads only its own hours.
CREATE INDEX "Rollup_hours_of_model" ON "Rollup" ("organizationId", "environment", "model", "bucketAt") WHERE "granularity" = 'hour';
CREATE INDEX "Rollup_hours_of_key" ON "Rollup" ("organizationId", "environment", "apiKeyId", "bucketAt") WHERE "granularity" = 'hour';

-- The same measures along one dimension at a time: a month by the hour is then hundreds of rows, however many keys use however many models.
CREATE TABLE "DimensionRollup" (
  "organizationId" UUID NOT NULL,
  "granularity" TEXT NOT NULL,
  "dimension" TEXT NOT NULL,
  "environment" "Environment" NOT NULL,
  "bucketAt" TIMESTAMPTZ(3) NOT NULL,
  "value" TEXT NOT NULL,
  "requests" BIGINT NOT NULL,
  "simulatedRequests" BIGINT NOT NULL,
  "errorsCaller" BIGINT NOT NULL,
  "errorsProvider" BIGINT NOT NULL,
  "errorsLimit" BIGINT NOT NULL,
  "errorsGateway" BIGINT NOT NULL,
  "errorsRateLimited" BIGINT NOT NULL,
  "aborted" BIGINT NOT NULL,
  "unpricedRequests" BIGINT NOT NULL,
  "costNanoUsd" NUMERIC(38, 0) NOT NULL,
  "inputTokens" BIGINT NOT NULL,
  "outputTokens" BIGINT NOT NULL,
  "cacheReadTokens" BIGINT NOT NULL,
  "cacheWrite5mTokens" BIGINT NOT NULL,
  "cacheWrite1hTokens" BIGINT NOT NULL,
  "savedByRetry" BIGINT NOT NULL,
  "savedByFallback" BIGINT NOT NULL,
  "streamedTokens" BIGINT NOT NULL,
  "streamedMs" BIGINT NOT NULL,
  "cacheSavedNanoUsd" NUMERIC(38, 0) NOT NULL,
  "latencyBins" SMALLINT[] NOT NULL,
  "latencyCounts" INTEGER[] NOT NULL,
  "ttftBins" SMALLINT[] NOT NULL,
  "ttftCounts" INTEGER[] NOT NULL,
  PRIMARY KEY ("organizationId", "granularity", "dimension", "environment", "bucketAt", "value")
) WITH (fillfactor = 70);

-- Customers are thousands: no histograms, no tokens by class.
CREATE TABLE "CustomerRollup" (
  "organizationId" UUID NOT NULL,
  "granularity" TEXT NOT NULL,
  "environment" "Environment" NOT NULL,
  "bucketAt" TIMESTAMPTZ(3) NOT NULL,
  "customer" TEXT NOT NULL,
  "requests" BIGINT NOT NULL,
  "errors" BIGINT NOT NULL,
  "unpricedRequests" BIGINT NOT NULL,
  "costNanoUsd" NUMERIC(38, 0) NOT NULL,
  PRIMARY KEY ("organizationId", "granularity", "environment", "bucketAt", "customer")
) WITH (fillfactor = 70);

-- Every try at a provider, also those that a retry made good.
CREATE TABLE "AttemptRollup" (
  "organizationId" UUID NOT NULL,
  "granularity" TEXT NOT NULL,
  "environment" "Environment" NOT NULL,
  "bucketAt" TIMESTAMPTZ(3) NOT NULL,
  "provider" TEXT NOT NULL,
  "credentialId" UUID NOT NULL,
  "attempts" BIGINT NOT NULL,
  "rateLimited" BIGINT NOT NULL,
  "overloaded" BIGINT NOT NULL,
  "serverErrors" BIGINT NOT NULL,
  "connectionErrors" BIGINT NOT NULL,
  "refused" BIGINT NOT NULL,
  PRIMARY KEY ("organizationId", "granularity", "environment", "bucketAt", "provider", "credentialId")
) WITH (fillfactor = 70);

-- What was rolled up before is added up along each dimension. Status codes and customers are counted from the logs;
-- attempts and savings count from here on.
CREATE TEMP TABLE "dimensioned" ON COMMIT DROP AS
SELECT "organizationId", "granularity", d."dimension", "environment", "bucketAt", d."value",
  sum("requests")::bigint AS "requests", sum("simulatedRequests")::bigint AS "simulatedRequests",
  sum("errorsCaller")::bigint AS "errorsCaller", sum("errorsProvider")::bigint AS "errorsProvider",
  sum("errorsLimit")::bigint AS "errorsLimit", sum("errorsGateway")::bigint AS "errorsGateway",
  sum("errorsRateLimited")::bigint AS "errorsRateLimited", sum("aborted")::bigint AS "aborted",
  sum("unpricedRequests")::bigint AS "unpricedRequests", sum("costNanoUsd") AS "costNanoUsd",
  sum("inputTokens")::bigint AS "inputTokens", sum("outputTokens")::bigint AS "outputTokens",
  sum("cacheReadTokens")::bigint AS "cacheReadTokens", sum("cacheWrite5mTokens")::bigint AS "cacheWrite5mTokens",
  sum("cacheWrite1hTokens")::bigint AS "cacheWrite1hTokens"
FROM "Rollup"
CROSS JOIN LATERAL (VALUES ('all', ''), ('model', "model"), ('provider', "provider"), ('key', "apiKeyId"::text)) AS d ("dimension", "value")
WHERE "granularity" IN ('hour', 'day')
GROUP BY 1, 2, 3, 4, 5, 6;

CREATE TEMP TABLE "binned" ON COMMIT DROP AS
SELECT "organizationId", "granularity", d."dimension", "environment", "bucketAt", d."value", h."kind", h."bin", sum(h."count")::int AS "count"
FROM "Rollup"
CROSS JOIN LATERAL (VALUES ('all', ''), ('model', "model"), ('provider', "provider"), ('key', "apiKeyId"::text)) AS d ("dimension", "value")
CROSS JOIN LATERAL (
  SELECT 'latency' AS "kind", "bin", "count" FROM unnest("latencyBins", "latencyCounts") AS l ("bin", "count")
  UNION ALL
  SELECT 'ttft', "bin", "count" FROM unnest("ttftBins", "ttftCounts") AS t ("bin", "count")
) AS h
WHERE "granularity" IN ('hour', 'day')
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8;

INSERT INTO "DimensionRollup"
SELECT d."organizationId", d."granularity", d."dimension", d."environment", d."bucketAt", d."value",
  d."requests", d."simulatedRequests", d."errorsCaller", d."errorsProvider", d."errorsLimit", d."errorsGateway",
  d."errorsRateLimited", d."aborted", d."unpricedRequests", d."costNanoUsd", d."inputTokens", d."outputTokens",
  d."cacheReadTokens", d."cacheWrite5mTokens", d."cacheWrite1hTokens", 0, 0, 0, 0, 0,
  coalesce(h."latencyBins", '{}'), coalesce(h."latencyCounts", '{}'), coalesce(h."ttftBins", '{}'), coalesce(h."ttftCounts", '{}')
FROM "dimensioned" AS d
LEFT JOIN (
  SELECT "organizationId", "granularity", "dimension", "environment", "bucketAt", "value",
    array_agg("bin" ORDER BY "bin") FILTER (WHERE "kind" = 'latency') AS "latencyBins",
    array_agg("count" ORDER BY "bin") FILTER (WHERE "kind" = 'latency') AS "latencyCounts",
    array_agg("bin" ORDER BY "bin") FILTER (WHERE "kind" = 'ttft') AS "ttftBins",
    array_agg("count" ORDER BY "bin") FILTER (WHERE "kind" = 'ttft') AS "ttftCounts"
  FROM "binned" GROUP BY 1, 2, 3, 4, 5, 6
) AS h USING ("organizationId", "granularity", "dimension", "environment", "bucketAt", "value");

INSERT INTO "DimensionRollup"
SELECT "organizationId", g."granularity", 'status', "environment", date_trunc(g."granularity", "startedAt", 'UTC'),
  CASE "status" WHEN 'success' THEN 'ok' WHEN 'aborted' THEN 'aborted' ELSE coalesce("errorCause", 'gateway') END || '/' || "statusCode",
  count(*), count(*) FILTER (WHERE "simulated"),
  count(*) FILTER (WHERE "status" IN ('error', 'interrupted') AND "errorCause" = 'caller'),
  count(*) FILTER (WHERE "status" IN ('error', 'interrupted') AND "errorCause" = 'provider'),
  count(*) FILTER (WHERE "status" IN ('error', 'interrupted') AND "errorCause" = 'limit'),
  count(*) FILTER (WHERE "status" IN ('error', 'interrupted') AND coalesce("errorCause", 'gateway') = 'gateway'),
  count(*) FILTER (WHERE "status" IN ('error', 'interrupted') AND "errorCause" = 'provider' AND "statusCode" IN (429, 529)),
  count(*) FILTER (WHERE "status" = 'aborted'),
  count(*) FILTER (WHERE "status" = 'success' AND "costNanoUsd" IS NULL AND "inputTokens" IS NOT NULL),
  coalesce(sum("costNanoUsd"), 0), coalesce(sum("inputTokens"), 0), coalesce(sum("outputTokens"), 0),
  coalesce(sum("cacheReadTokens"), 0), coalesce(sum("cacheWrite5mTokens"), 0), coalesce(sum("cacheWrite1hTokens"), 0),
  0, 0, 0, 0, 0, '{}', '{}', '{}', '{}'
FROM "RequestLog" CROSS JOIN (VALUES ('minute'), ('hour'), ('day')) AS g ("granularity")
GROUP BY 1, 2, 3, 4, 5, 6;

INSERT INTO "CustomerRollup"
SELECT "organizationId", g."granularity", "environment", date_trunc(g."granularity", "startedAt", 'UTC'), left("customerIdentifier", 200),
  count(*), count(*) FILTER (WHERE "status" IN ('error', 'interrupted')),
  count(*) FILTER (WHERE "status" = 'success' AND "costNanoUsd" IS NULL AND "inputTokens" IS NOT NULL),
  coalesce(sum("costNanoUsd"), 0)
FROM "RequestLog" CROSS JOIN (VALUES ('hour'), ('day')) AS g ("granularity")
WHERE "customerIdentifier" IS NOT NULL
GROUP BY 1, 2, 3, 4, 5;
