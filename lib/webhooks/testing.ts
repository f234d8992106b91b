/** Organizations and logs for tests of webhooks. */
import type { Client } from 'pg';
import { uuidv7 } from 'uuidv7';
import { brandContext, type Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import type { Role } from '@/lib/db/generated/enums';
import { enqueueLogs } from './enqueue';

/** A member of an organization, which is made where it is not there. */
export async function newContext(role: Role, organizationId = uuidv7()): Promise<Context> {
  const create = { id: organizationId, name: 'Acme' };
  await db().organization.upsert({ where: { id: organizationId }, create, update: {} });
  return brandContext({ organizationId, userId: uuidv7(), role });
}

/** Written as the log writer does: the log and its place in the queue in one transaction. */
export async function writeLogs(
  client: Client,
  as: Context,

  count: number,
  environment: 'production' | 'test' = 'production',
): Promise<string[]> {
  const logs = Array.from({ length: count }, () => ({ organizationId: as.organizationId, id: uuidv7(), environment }));
  await client.query('BEGIN');
  await client.query(
    `INSERT INTO "RequestLog" ("organizationId", "id", "environment", "simulated", "logMethod", "logType", "endpoint", "stream",
       "status", "statusCode", "startedAt", "usageEstimated", "untouched", "alterations", "warnings", "attemptCount",
       "costNanoUsd", "promptPreview")
     SELECT $1, id, $3, false, 'inference', 'chat', '/x', false, 'success', 200, now(), false, true, '{}', '{}', 1, 12300, 'Grüße, Zoë'
     FROM unnest($2::uuid[]) AS id`,
    [as.organizationId, logs.map(({ id }) => id), environment],
  );
  await enqueueLogs(logs, client);
  await client.query('COMMIT');
  return logs.map(({ id }) => id);
}
