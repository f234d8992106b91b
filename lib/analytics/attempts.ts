import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { queryRows, sql } from '@/lib/db/sql';
import { countColumn } from './columns';
import type { CredentialHealth } from './schema';
import type { Scope } from './scope';

const NIL_UUID = '00000000-0000-0000-0000-000000000000';

const row = z.object({
  at: z.date(),
  provider: z.string(),
  credentialId: z.guid(),
  attempts: countColumn,
  rateLimited: countColumn,
  overloaded: countColumn,
  failed: countColumn,
});
type Row = z.infer<typeof row>;

const nameRow = z.object({ id: z.guid(), name: z.string(), lastFour: z.string() });

/** Every try at a provider, by credential and bucket, busiest first; also of requests that a retry saved, whatever model and key. */
export async function attempts(ctx: Context, { window, environment }: Scope): Promise<CredentialHealth[]> {
  const rows = await queryRows(
    sql`SELECT ${window.bucket} AS "at", "provider", "credentialId", sum("attempts") AS "attempts",
          sum("rateLimited") AS "rateLimited", sum("overloaded") AS "overloaded",
          sum("serverErrors" + "connectionErrors") AS "failed"
        FROM "AttemptRollup"
        WHERE "organizationId" = ${ctx.organizationId}::uuid AND "granularity" = ${window.granularity === 'minute' ? 'minute' : 'hour'}
          AND "environment" = ${environment}::"Environment" AND "bucketAt" >= ${window.from} AND "bucketAt" < ${window.to}
        GROUP BY 1, 2, 3`,
    row,
  );
  const groups = new Map<string, Row[]>();
  for (const found of rows) {
    const id = `${found.provider} ${found.credentialId}`;
    const group = groups.get(id);
    if (group) group.push(found);
    else groups.set(id, [found]);
  }
  const names = await credentialNames(ctx, rows);
  return [...groups.values()]
    .map((group) => health(group, window.buckets, names))
    .sort((a, b) => total(b.attempts) - total(a.attempts));
}

async function credentialNames(ctx: Context, rows: readonly Row[]): Promise<Map<string, z.infer<typeof nameRow>>> {
  const ids = [...new Set(rows.map(({ credentialId }) => credentialId))].filter((id) => id !== NIL_UUID);
  if (ids.length === 0) return new Map();
  const found = await queryRows(
    sql`SELECT "id", "name", "lastFour" FROM "IntegrationKey"
        WHERE "organizationId" = ${ctx.organizationId}::uuid AND "id" = ANY(${ids}::uuid[])`,
    nameRow,
  );
  return new Map(found.map((one) => [one.id, one]));
}

function health(
  group: readonly Row[],
  buckets: readonly Date[],
  names: ReadonlyMap<string, z.infer<typeof nameRow>>,
): CredentialHealth {
  const byBucket = new Map(group.map((found) => [found.at.getTime(), found]));
  const series = (of: (found: Row) => number) =>
    buckets.map((bucket) => {
      const found = byBucket.get(bucket.getTime());
      return found ? of(found) : 0;
    });
  const [first] = group;
  const credentialId = first?.credentialId ?? NIL_UUID;
  const named = names.get(credentialId);
  return {
    provider: first?.provider ?? '',
    credentialId: credentialId === NIL_UUID ? null : credentialId,
    name: named?.name ?? (credentialId === NIL_UUID ? 'Caller’s own' : `Deleted key ${credentialId.slice(-4)}`),
    lastFour: named?.lastFour ?? null,
    attempts: series((found) => found.attempts),
    rateLimited: series((found) => found.rateLimited),
    overloaded: series((found) => found.overloaded),
    failed: series((found) => found.failed),
  };
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
