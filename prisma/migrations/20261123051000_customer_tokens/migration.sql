-- Tokens by customer, cached ones included, so that a list of customers need not read their logs.
ALTER TABLE "CustomerRollup" ADD COLUMN "tokens" BIGINT NOT NULL DEFAULT 0;
-- What was rolled up before, as far as its logs are kept.
UPDATE "CustomerRollup" AS kept SET "tokens" = log."tokens"
FROM (
  SELECT "organizationId", grain."granularity", "environment", date_trunc(grain."granularity", "startedAt", 'UTC') AS "bucketAt",
    "customerIdentifier" AS "customer", sum(
      coalesce("inputTokens", 0)::bigint + coalesce("outputTokens", 0) + coalesce("cacheReadTokens", 0)
        + coalesce("cacheWrite5mTokens", 0) + coalesce("cacheWrite1hTokens", 0)
    ) AS "tokens"
  FROM "RequestLog" CROSS JOIN (VALUES ('hour'), ('day')) AS grain ("granularity")
  WHERE "customerIdentifier" IS NOT NULL
  GROUP BY 1, 2, 3, 4, 5
) AS log
WHERE kept."organizationId" = log."organizationId" AND kept."granularity" = log."granularity"
  AND kept."environment" = log."environment" AND kept."bucketAt" = log."bucketAt" AND kept."customer" = log."customer";
