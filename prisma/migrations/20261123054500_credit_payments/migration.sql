-- A refund or a dispute names the payment alone.
CREATE INDEX "CreditTransaction_stripePaymentIntentId_idx" ON "CreditTransaction" ("stripePaymentIntentId")
  WHERE "stripePaymentIntentId" IS NOT NULL;
