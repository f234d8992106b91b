-- Whether the calls made with a key work, as the gateways last saw it.
ALTER TABLE "IntegrationKey"
  ADD COLUMN "health" TEXT NOT NULL DEFAULT 'healthy',
  ADD COLUMN "healthChangedAt" TIMESTAMPTZ(3),
  ADD COLUMN "lastError" TEXT;

-- What each key was used for today.
CREATE INDEX "RequestLog_credentialId_idx" ON "RequestLog" ("organizationId", "credentialId", "id");
