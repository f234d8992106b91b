-- What is watched, and what was said about it. Secrets are sealed.
CREATE TABLE "Alert" (
  "organizationId" UUID NOT NULL REFERENCES "Organization" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "metric" TEXT NOT NULL,
  "percentile" SMALLINT,
  "direction" TEXT NOT NULL,
  "threshold" BIGINT NOT NULL,
  "windowMinutes" INTEGER NOT NULL,
  "minimumRequests" INTEGER NOT NULL,
  "environment" "Environment" NOT NULL,
  "model" TEXT,
  "provider" TEXT,
  "apiKeyId" UUID,
  "customer" TEXT,
  "emails" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
  "slackUrlSealed" BYTEA,
  "slackUrlHint" TEXT,
  "webhookUrl" TEXT,
  "webhookSecretSealed" BYTEA,
  "enabled" BOOLEAN NOT NULL DEFAULT true,
  "firingSince" TIMESTAMPTZ(3),
  "evaluatedAt" TIMESTAMPTZ(3),
  "value" BIGINT,
  "requests" BIGINT,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY ("organizationId", "id")
);
CREATE TABLE "AlertEvent" (
  "organizationId" UUID NOT NULL,
  "id" UUID NOT NULL,
  "alertId" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "title" TEXT NOT NULL,
  "detail" TEXT NOT NULL,
  "value" BIGINT,
  "requests" BIGINT NOT NULL,
  "deliveries" JSONB NOT NULL,
  "nextAttemptAt" TIMESTAMPTZ(3),
  PRIMARY KEY ("organizationId", "id"),
  FOREIGN KEY ("organizationId", "alertId") REFERENCES "Alert" ("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "AlertEvent_organizationId_alertId_idx" ON "AlertEvent" ("organizationId", "alertId");
-- What still has to be sent.
CREATE INDEX "AlertEvent_nextAttemptAt_idx" ON "AlertEvent" ("nextAttemptAt");
