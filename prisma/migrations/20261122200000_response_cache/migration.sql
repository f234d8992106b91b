-- Answers kept for exact repetition, by a digest of what was asked. One organization never sees another's.
CREATE TABLE "CachedResponse" (
  "organizationId" UUID NOT NULL,
  "digest" BYTEA NOT NULL,
  "contentType" TEXT NOT NULL,
  "body" BYTEA NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expiresAt" TIMESTAMPTZ(3) NOT NULL,
  PRIMARY KEY ("organizationId", "digest")
);
CREATE INDEX "CachedResponse_expiresAt_idx" ON "CachedResponse" ("expiresAt");
