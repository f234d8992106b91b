/**
 * Fills an organization with believable traffic, through the same journal and writer that the gateway uses:
 *
 *   npx tsx prisma/seed.ts --email ada@example.com --password "a long password" [--days 30] [--per-day 900]
 *
 * Uses DATABASE_URL, else the embedded database in DATA_DIR. Run again, it goes on from the newest log.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { disconnect, pool } from '@/lib/db/client';
import { startEmbeddedPostgres } from '@/lib/db/embedded';
import { migrate } from '@/lib/db/migrate';
import { env, provideEnv } from '@/lib/env';
import { ensurePartitions } from '@/lib/logs/partitions';
import { openLogStore } from '@/lib/logs/store';
import { demoContext, demoKeys, newestLogAt } from './seed/organization';
import { traffic } from './seed/traffic';

const DAY_MS = 86_400_000;
/** How many logs wait for the writer at most. */
const BATCH = 2000;

const optionsSchema = z.object({
  email: z.email(),
  password: z.string().optional(),
  days: z.coerce.number().int().min(1).max(400),
  'per-day': z.coerce.number().int().min(1).max(1_000_000),
});
type Options = z.infer<typeof optionsSchema>;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      email: { type: 'string', default: 'demo@example.com' },
      password: { type: 'string' },
      days: { type: 'string', default: '30' },
      'per-day': { type: 'string', default: '900' },
    },
  });
  const options = optionsSchema.parse(values);
  const embedded = env().DATABASE_URL ? null : await startEmbeddedPostgres(env().DATA_DIR);
  if (embedded) provideEnv({ DATABASE_URL: embedded.url });
  try {
    await migrate(databaseUrl());
    const written = await fill(options);
    console.log(`Wrote ${written.toLocaleString('en-US')} logs for ${options.email}.`);
  } finally {
    await disconnect();
    await embedded?.stop();
  }
}

async function fill(options: Options): Promise<number> {
  const ctx = await demoContext(options.email, options.password);
  const keyIds = await demoKeys(ctx);
  const to = Date.now();
  const from = Math.max(to - options.days * DAY_MS, ((await newestLogAt(ctx)) ?? 0) + 1);
  await makePartitions(new Date(to), new Date(from));
  const dir = await mkdtemp(join(tmpdir(), 'respan-seed-'));
  const store = await openLogStore({ databaseUrl: databaseUrl(), dir, report: (...said) => console.error(...said) });
  let written = 0;
  const credential = { id: '018f0000-0000-7000-8000-00000000c0de', lastFour: 'x9QA' };
  for (const record of traffic({
    organizationId: ctx.organizationId,
    keyIds,
    credential,
    from,
    to,
    perDay: options['per-day'],
  })) {
    store.journal.settle(record);
    written += 1;
    if (written % BATCH === 0) await store.flush(60_000);
  }
  await store.flush(60_000);
  await store.close();
  await rm(dir, { recursive: true, force: true });
  return written;
}

async function makePartitions(now: Date, since: Date): Promise<void> {
  const client = await pool().connect();
  try {
    await ensurePartitions(client, now, since);
  } finally {
    client.release();
  }
}

function databaseUrl(): string {
  const url = env().DATABASE_URL;
  if (!url) throw new Error('There is no database.');
  return url;
}

await main();
