-- A conversation is sent whole with every turn. Its messages are kept once a day and named by digest, so that a log of the
-- fiftieth turn stores one message and not fifty. Parts of a day go with the day's payloads.
CREATE TABLE "PayloadPart" (
  "organizationId" UUID NOT NULL,
  "day" DATE NOT NULL,
  "digest" BYTEA NOT NULL,
  "content" TEXT NOT NULL,
  PRIMARY KEY ("organizationId", "day", "digest")
) PARTITION BY RANGE ("day");

DO $$
BEGIN
  ALTER TABLE "PayloadPart" ALTER COLUMN "content" SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
  RAISE NOTICE 'This server has no lz4; payloads use its default compression.';
END $$;
CREATE TABLE "PayloadPart_default" PARTITION OF "PayloadPart" DEFAULT;

-- The digests one after the other, 32 bytes each; "request" is null then.
ALTER TABLE "RequestPayload" ADD COLUMN "requestParts" BYTEA;
ALTER TABLE "RequestPayload" ADD COLUMN "partsDay" DATE;
