-- How long an organization keeps its logs and their bodies, where that is less than the installation does.
ALTER TABLE "Organization" ADD COLUMN "logRetentionDays" INTEGER;
ALTER TABLE "Organization" ADD COLUMN "payloadRetentionDays" INTEGER;
