-- Filters of the log page under a name: a person's own, or everybody's in the organization.
CREATE TABLE "SavedView" (
  "organizationId" UUID NOT NULL REFERENCES "Organization" ("id") ON DELETE CASCADE,
  "id" UUID NOT NULL,
  "ownerId" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "search" TEXT NOT NULL,
  "shared" BOOLEAN NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY ("organizationId", "id")
);

-- Links to single logs for people without an account. Looked up by the digest of the link's secret, before the tenant is known.
CREATE TABLE "LogShare" (
  "organizationId" UUID NOT NULL REFERENCES "Organization" ("id") ON DELETE CASCADE,
  "id" UUID NOT NULL,
  "logId" UUID NOT NULL,
  "secretHash" BYTEA NOT NULL,
  "createdById" UUID,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expiresAt" TIMESTAMPTZ(3) NOT NULL,
  "revokedAt" TIMESTAMPTZ(3),
  PRIMARY KEY ("organizationId", "id")
);
CREATE UNIQUE INDEX "LogShare_secretHash_key" ON "LogShare" ("secretHash");
CREATE INDEX "LogShare_organizationId_logId_idx" ON "LogShare" ("organizationId", "logId");
