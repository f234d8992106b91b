-- Credits that expire, that are held for calls under way, and that are bought.

ALTER TABLE "CreditTransaction"
  ADD COLUMN "expiresAt" TIMESTAMPTZ(3),
  ADD COLUMN "reference" TEXT,
  ADD COLUMN "stripePaymentIntentId" TEXT,
  ADD COLUMN "metadata" JSONB,
  ADD COLUMN "createdById" UUID;
CREATE UNIQUE INDEX "CreditTransaction_organizationId_reference_key" ON "CreditTransaction" ("organizationId", "reference");

ALTER TABLE "CreditBalance"
  ADD COLUMN "reservedNanoUsd" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "nextExpiryAt" TIMESTAMPTZ(3);

-- What is left of credits that expire; the id is that of the transaction that brought them.
CREATE TABLE "CreditLot" (
  "organizationId" UUID NOT NULL,
  "id" UUID NOT NULL,
  "remainingNanoUsd" BIGINT NOT NULL,
  "expiresAt" TIMESTAMPTZ(3) NOT NULL,
  PRIMARY KEY ("organizationId", "id")
);
CREATE INDEX "CreditLot_expiresAt_idx" ON "CreditLot" ("expiresAt");

-- What a call under way may still cost; the id is that of its log. One that is not renewed was left by a process that died.
CREATE TABLE "CreditReservation" (
  "organizationId" UUID NOT NULL,
  "id" UUID NOT NULL,
  "heldNanoUsd" BIGINT NOT NULL,
  "expiresAt" TIMESTAMPTZ(3) NOT NULL,
  PRIMARY KEY ("organizationId", "id")
);
CREATE INDEX "CreditReservation_expiresAt_idx" ON "CreditReservation" ("expiresAt");

CREATE TABLE "CreditSettings" (
  "organizationId" UUID PRIMARY KEY,
  "warnBelowNanoUsd" BIGINT,
  "warnedAt" TIMESTAMPTZ(3),
  "topUpBelowNanoUsd" BIGINT,
  "topUpNanoUsd" BIGINT,
  "topUpAttemptAt" TIMESTAMPTZ(3),
  "topUpError" TEXT,
  "stripeCustomerId" TEXT,
  "stripePaymentMethodId" TEXT,
  "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- Events that were acted upon: each comes at least once.
CREATE TABLE "StripeEvent" (
  "id" TEXT PRIMARY KEY,
  "type" TEXT NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
