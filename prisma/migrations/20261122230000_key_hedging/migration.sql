-- Whether a second attempt is made for a key's calls when the first byte is late.
ALTER TABLE "ApiKey" ADD COLUMN "hedges" BOOLEAN NOT NULL DEFAULT false;
