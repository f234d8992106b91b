-- Whose answer it is: an answer of another provider than the first one asked is in that one's form. Rows from before have none.
ALTER TABLE "CachedResponse" ADD COLUMN "provider" TEXT;
