-- A deleted log leaves the parts of its request, which others of its day may name. Its day is noted here, and swept once no
-- writer can name them any more.
CREATE TABLE "PartSweep" (
  "organizationId" UUID NOT NULL,
  "day" DATE NOT NULL,
  "notedAt" TIMESTAMPTZ(6) NOT NULL,
  PRIMARY KEY ("organizationId", "day")
);
