-- Callers' own end users, as far as requests name more of them than an identifier.
CREATE TABLE "Customer" (
  "organizationId" UUID NOT NULL REFERENCES "Organization" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "identifier" TEXT NOT NULL,
  "name" TEXT,
  "email" TEXT,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY ("organizationId", "identifier")
);
