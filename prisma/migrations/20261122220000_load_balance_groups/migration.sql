-- Models that share requests by weight, under an id that callers name.
CREATE TABLE "LoadBalanceGroup" (
  "organizationId" UUID NOT NULL REFERENCES "Organization" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "id" UUID NOT NULL,
  "groupId" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "models" JSONB NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY ("organizationId", "id")
);
CREATE UNIQUE INDEX "LoadBalanceGroup_organizationId_groupId_key" ON "LoadBalanceGroup" ("organizationId", "groupId");
