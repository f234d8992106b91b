-- OpenAI-compatible providers that an organization adds itself. Their keys are rows of "IntegrationKey" with the slug as provider.
CREATE TABLE "CustomProvider" (
  "organizationId" UUID NOT NULL REFERENCES "Organization" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "id" UUID NOT NULL,
  "slug" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "baseUrl" TEXT NOT NULL,
  "models" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY ("organizationId", "id")
);
CREATE UNIQUE INDEX "CustomProvider_organizationId_slug_key" ON "CustomProvider" ("organizationId", "slug");
