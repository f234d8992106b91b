import { execute, sql } from '@/lib/db/sql';
import { storable } from '@/lib/logs/storable';

/** What a request says of the caller's own end user. Null where it says nothing, which leaves what is known. */
export interface CustomerProfile {
  readonly organizationId: string;
  readonly identifier: string;
  readonly name: string | null;
  readonly email: string | null;
}

/** Keeps what is known of customers, in one statement; each may stand once, by its identifier as it is stored. For the server alone. @returns how many changed */
export async function saveCustomers(profiles: readonly CustomerProfile[]): Promise<number> {
  if (profiles.length === 0) return 0;
  // An organization that is gone has none. In order, so that two servers do not wait for each other.
  return execute(sql`
    INSERT INTO "Customer" AS known ("organizationId", "identifier", "name", "email")
    SELECT said."organizationId", said."identifier", said."name", said."email"
    FROM unnest(
      ${profiles.map((one) => one.organizationId)}::uuid[],
      ${profiles.map((one) => storable(one.identifier))}::text[],
      ${profiles.map((one) => one.name && storable(one.name))}::text[],
      ${profiles.map((one) => one.email && storable(one.email))}::text[]
    ) AS said ("organizationId", "identifier", "name", "email")
    JOIN "Organization" AS organization ON organization."id" = said."organizationId"
    ORDER BY said."organizationId", said."identifier"
    ON CONFLICT ("organizationId", "identifier") DO UPDATE SET
      "name" = coalesce(excluded."name", known."name"),
      "email" = coalesce(excluded."email", known."email"),
      "updatedAt" = now()
    WHERE (excluded."name" IS NOT NULL AND excluded."name" IS DISTINCT FROM known."name")
      OR (excluded."email" IS NOT NULL AND excluded."email" IS DISTINCT FROM known."email")`);
}
