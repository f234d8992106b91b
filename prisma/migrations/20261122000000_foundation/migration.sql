-- Enumerations
CREATE TYPE "Role" AS ENUM ('owner', 'admin', 'developer', 'viewer');
CREATE TYPE "Environment" AS ENUM ('production', 'test');

-- People and tenants
CREATE TABLE "User" (
  "id" UUID PRIMARY KEY,
  "email" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "passwordHash" TEXT NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX "User_email_key" ON "User" ("email");

CREATE TABLE "Organization" (
  "id" UUID PRIMARY KEY,
  "name" TEXT NOT NULL,
  "onboardedAt" TIMESTAMPTZ(3),
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE "Membership" (
  "organizationId" UUID NOT NULL REFERENCES "Organization" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "userId" UUID NOT NULL REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "role" "Role" NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY ("organizationId", "userId")
);
CREATE INDEX "Membership_userId_idx" ON "Membership" ("userId");

CREATE TABLE "ApiKey" (
  "organizationId" UUID NOT NULL REFERENCES "Organization" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "prefix" TEXT NOT NULL,
  "secretHash" BYTEA NOT NULL,
  "environment" "Environment" NOT NULL,
  "createdById" UUID,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "lastUsedAt" TIMESTAMPTZ(3),
  "expiresAt" TIMESTAMPTZ(3),
  "revokedAt" TIMESTAMPTZ(3),
  PRIMARY KEY ("organizationId", "id")
);
CREATE UNIQUE INDEX "ApiKey_prefix_key" ON "ApiKey" ("prefix");

CREATE TABLE "IntegrationKey" (
  "organizationId" UUID NOT NULL REFERENCES "Organization" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "id" UUID NOT NULL,
  "provider" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "secretSealed" BYTEA NOT NULL,
  "lastFour" TEXT NOT NULL,
  "simulated" BOOLEAN NOT NULL DEFAULT false,
  "weight" INTEGER NOT NULL DEFAULT 100,
  "availableModels" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
  "excludeModels" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
  "createdById" UUID,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "verifiedAt" TIMESTAMPTZ(3),
  PRIMARY KEY ("organizationId", "id")
);
CREATE INDEX "IntegrationKey_organizationId_provider_idx" ON "IntegrationKey" ("organizationId", "provider");

-- Logs. The id is a UUIDv7, so a range of ids is a range of time: partitions, retention and paging all go by it.
-- lib/logs/partitions.ts makes the partitions ahead; the default one only catches rows of a clock that is far off.
CREATE TABLE "RequestLog" (
  "organizationId" UUID NOT NULL,
  "id" UUID NOT NULL,
  "environment" "Environment" NOT NULL,
  "simulated" BOOLEAN NOT NULL,
  "logMethod" TEXT NOT NULL,
  "logType" TEXT NOT NULL,
  "apiKeyId" UUID,
  "endpoint" TEXT NOT NULL,
  "provider" TEXT,
  "requestedModel" TEXT,
  "model" TEXT,
  "stream" BOOLEAN NOT NULL,
  "status" TEXT NOT NULL,
  "statusCode" SMALLINT NOT NULL,
  "errorCause" TEXT,
  "errorType" TEXT,
  "errorMessage" TEXT,
  "stopReason" TEXT,
  "startedAt" TIMESTAMPTZ(3) NOT NULL,
  "latencyMs" INTEGER,
  "ttftMs" INTEGER,
  "inputTokens" INTEGER,
  "outputTokens" INTEGER,
  "cacheReadTokens" INTEGER,
  "cacheWrite5mTokens" INTEGER,
  "cacheWrite1hTokens" INTEGER,
  "reasoningTokens" INTEGER,
  "webSearches" INTEGER,
  "usageEstimated" BOOLEAN NOT NULL,
  "costNanoUsd" BIGINT,
  "pricing" JSONB,
  "credentialSource" TEXT,
  "credentialId" UUID,
  "credentialHint" TEXT,
  "untouched" BOOLEAN NOT NULL,
  "alterations" TEXT[] NOT NULL,
  "warnings" TEXT[] NOT NULL,
  "attemptCount" SMALLINT NOT NULL,
  "promptPreview" TEXT,
  "replyPreview" TEXT,
  "customerIdentifier" TEXT,
  "threadIdentifier" TEXT,
  "customIdentifier" TEXT,
  "metadata" JSONB,
  PRIMARY KEY ("organizationId", "id")
) PARTITION BY RANGE ("id");
CREATE TABLE "RequestLog_default" PARTITION OF "RequestLog" DEFAULT;
CREATE INDEX "RequestLog_model_idx" ON "RequestLog" ("organizationId", "model", "id");
CREATE INDEX "RequestLog_apiKeyId_idx" ON "RequestLog" ("organizationId", "apiKeyId", "id");
CREATE INDEX "RequestLog_failed_idx" ON "RequestLog" ("organizationId", "id") WHERE "status" <> 'success';

CREATE TABLE "RequestPayload" (
  "organizationId" UUID NOT NULL,
  "id" UUID NOT NULL,
  "request" TEXT,
  "response" TEXT,
  "requestHeaders" JSONB,
  "responseHeaders" JSONB,
  "attempts" JSONB,
  PRIMARY KEY ("organizationId", "id")
) PARTITION BY RANGE ("id");

-- lz4 costs a tenth of the default compression's CPU. Servers built without it keep the default.
DO $$
BEGIN
  ALTER TABLE "RequestPayload" ALTER COLUMN "request" SET COMPRESSION lz4;
  ALTER TABLE "RequestPayload" ALTER COLUMN "response" SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
  RAISE NOTICE 'This server has no lz4; payloads use its default compression.';
END $$;
CREATE TABLE "RequestPayload_default" PARTITION OF "RequestPayload" DEFAULT;

-- Histograms are sparse: latencyBins[i] is a bin of lib/analytics/histogram.ts, latencyCounts[i] its count.
-- The fill factor leaves room for updates in place: the current minute, hour and day are updated with every batch.
CREATE TABLE "Rollup" (
  "organizationId" UUID NOT NULL,
  "granularity" TEXT NOT NULL,
  "bucketAt" TIMESTAMPTZ(3) NOT NULL,
  "environment" "Environment" NOT NULL,
  "provider" TEXT NOT NULL,
  "model" TEXT NOT NULL,
  "apiKeyId" UUID NOT NULL,
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
  "latencyBins" SMALLINT[] NOT NULL,
  "latencyCounts" INTEGER[] NOT NULL,
  "ttftBins" SMALLINT[] NOT NULL,
  "ttftCounts" INTEGER[] NOT NULL,
  PRIMARY KEY ("organizationId", "granularity", "bucketAt", "environment", "provider", "model", "apiKeyId")
) WITH (fillfactor = 70);

-- Money
CREATE TABLE "CreditTransaction" (
  "organizationId" UUID NOT NULL,
  "id" UUID NOT NULL,
  "type" TEXT NOT NULL,
  "amountNanoUsd" BIGINT NOT NULL,
  "description" TEXT NOT NULL,
  "logId" UUID,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY ("organizationId", "id")
);
CREATE UNIQUE INDEX "CreditTransaction_organizationId_logId_key" ON "CreditTransaction" ("organizationId", "logId");
CREATE INDEX "CreditTransaction_organizationId_createdAt_idx" ON "CreditTransaction" ("organizationId", "createdAt");

CREATE TABLE "CreditBalance" (
  "organizationId" UUID PRIMARY KEY,
  "balanceNanoUsd" BIGINT NOT NULL,
  "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
