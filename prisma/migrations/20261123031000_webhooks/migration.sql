-- Addresses that new logs are sent to. The secret that signs them is sealed.
CREATE TABLE "Webhook" (
  "organizationId" UUID NOT NULL REFERENCES "Organization" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "url" TEXT NOT NULL,
  "environment" "Environment",
  "secretSealed" BYTEA NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "pausedAt" TIMESTAMPTZ(3),
  "pauseReason" TEXT,
  "failures" INTEGER NOT NULL DEFAULT 0,
  "failingSince" TIMESTAMPTZ(3),
  "retryAt" TIMESTAMPTZ(3),
  "lastDeliveredAt" TIMESTAMPTZ(3),
  PRIMARY KEY ("organizationId", "id")
);
-- Logs that are still to be sent: put here by the transaction that writes the log, taken away once they were accepted.
-- No foreign key: a webhook that goes at that moment must not keep the log from being written.
CREATE TABLE "WebhookDelivery" (
  "organizationId" UUID NOT NULL,
  "webhookId" UUID NOT NULL,
  "logId" UUID NOT NULL,
  "attempts" INTEGER NOT NULL DEFAULT 0,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "nextAttemptAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY ("organizationId", "webhookId", "logId")
) WITH (autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX "WebhookDelivery_organizationId_webhookId_nextAttemptAt_idx" ON "WebhookDelivery" ("organizationId", "webhookId", "nextAttemptAt");
-- What became of the last attempts.
CREATE TABLE "WebhookAttempt" (
  "organizationId" UUID NOT NULL,
  "webhookId" UUID NOT NULL,
  "id" UUID NOT NULL,
  "logId" UUID,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "attempt" INTEGER NOT NULL,
  "statusCode" SMALLINT,
  "error" TEXT,
  "durationMs" INTEGER NOT NULL,
  PRIMARY KEY ("organizationId", "webhookId", "id"),
  FOREIGN KEY ("organizationId", "webhookId") REFERENCES "Webhook" ("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE
);
