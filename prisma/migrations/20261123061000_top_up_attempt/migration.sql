-- A payment whose outcome is not known is asked for again under the same idempotency key.
ALTER TABLE "CreditSettings" ADD COLUMN "topUpAttemptId" UUID;
