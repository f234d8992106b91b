-- The minutes of everything together: what the last hour is drawn from, and to the minute what a day is compared with.
-- Nothing asks for older ones.
CREATE TEMP TABLE "minutes" ON COMMIT DROP AS
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
CROSS JOIN (VALUES ('all', '')) AS d ("dimension", "value")
WHERE "granularity" = 'minute' AND "bucketAt" > now() - interval '3 days'
GROUP BY 1, 2, 3, 4, 5, 6;

CREATE TEMP TABLE "minuteBins" ON COMMIT DROP AS
SELECT "organizationId", "granularity", d."dimension", "environment", "bucketAt", d."value", h."kind", h."bin", sum(h."count")::int AS "count"
FROM "Rollup"
CROSS JOIN (VALUES ('all', '')) AS d ("dimension", "value")
CROSS JOIN LATERAL (
  SELECT 'latency' AS "kind", "bin", "count" FROM unnest("latencyBins", "latencyCounts") AS l ("bin", "count")
  UNION ALL
  SELECT 'ttft', "bin", "count" FROM unnest("ttftBins", "ttftCounts") AS t ("bin", "count")
) AS h
WHERE "granularity" = 'minute' AND "bucketAt" > now() - interval '3 days'
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8;

INSERT INTO "DimensionRollup"
SELECT d."organizationId", d."granularity", d."dimension", d."environment", d."bucketAt", d."value",
  d."requests", d."simulatedRequests", d."errorsCaller", d."errorsProvider", d."errorsLimit", d."errorsGateway",
  d."errorsRateLimited", d."aborted", d."unpricedRequests", d."costNanoUsd", d."inputTokens", d."outputTokens",
  d."cacheReadTokens", d."cacheWrite5mTokens", d."cacheWrite1hTokens", 0, 0, 0, 0, 0,
  coalesce(h."latencyBins", '{}'), coalesce(h."latencyCounts", '{}'), coalesce(h."ttftBins", '{}'), coalesce(h."ttftCounts", '{}')
FROM "minutes" AS d
LEFT JOIN (
  SELECT "organizationId", "granularity", "dimension", "environment", "bucketAt", "value",
    array_agg("bin" ORDER BY "bin") FILTER (WHERE "kind" = 'latency') AS "latencyBins",
    array_agg("count" ORDER BY "bin") FILTER (WHERE "kind" = 'latency') AS "latencyCounts",
    array_agg("bin" ORDER BY "bin") FILTER (WHERE "kind" = 'ttft') AS "ttftBins",
    array_agg("count" ORDER BY "bin") FILTER (WHERE "kind" = 'ttft') AS "ttftCounts"
  FROM "minuteBins" GROUP BY 1, 2, 3, 4, 5, 6
) AS h USING ("organizationId", "granularity", "dimension", "environment", "bucketAt", "value");

