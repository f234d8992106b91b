/**
 * How fast the dashboard and the log store are on a large database: npm run bench:logs [-- --rows 1000000 --turns 40 --keep folder]
 *
 * Starts a PostgreSQL of its own, fills it with logs, asks it what people ask, and writes to it as calls come in. With --keep
 * the database stays in that folder and is used again.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { z } from 'zod';
import { brandContext } from '@/lib/auth/context';
import { disconnect } from '@/lib/db/client';
import { startEmbeddedPostgres } from '@/lib/db/embedded';
import { migrate } from '@/lib/db/migrate';
import { provideEnv } from '@/lib/env';
import { checksOf } from './checks';
import { generate, LARGE_ID } from './generate';
import { ingest } from './ingest';
import { someIds, viewsOf } from './views';

const optionsSchema = z.object({
  rows: z.coerce.number().int().min(1000).max(100_000_000).default(10_000_000),
  turns: z.coerce.number().int().min(5).max(1000).default(40),
  keep: z.string().optional(),
});
const { values } = parseArgs({
  options: { rows: { type: 'string' }, turns: { type: 'string' }, keep: { type: 'string' } },
});
const options = optionsSchema.parse(values);

const folder = options.keep ?? (await mkdtemp(join(tmpdir(), 'respan-bench-logs-')));
const postgres = await startEmbeddedPostgres(folder, { durable: false });
try {
  provideEnv({ DATABASE_URL: postgres.url });
  await migrate(postgres.url);
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  const now = new Date();
  const { rows } = await client.query('SELECT 1 FROM "RequestLog" LIMIT 1');
  if (rows.length === 0) await generate(client, options.rows, now, (line) => console.error(`  ${line}`));
  await measure(client, now);
  await client.end();
} finally {
  await disconnect();
  await postgres.stop();
  if (!options.keep) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
process.exit(0);

async function measure(client: Client, now: Date): Promise<void> {
  const ctx = brandContext({ organizationId: LARGE_ID, userId: null, role: 'viewer' });
  const ids = await someIds(ctx, 40, now);
  print('what', 'p50', 'p95', 'goal');
  print('---', '---', '---', '---');
  for (const view of viewsOf(ctx, ids)) {
    for (let turn = 0; turn < 4; turn++) await view.run(turn);
    const times: number[] = [];
    for (let turn = 0; turn < options.turns; turn++) {
      const begun = performance.now();
      await view.run(turn);
      times.push(performance.now() - begun);
    }
    times.sort((a, b) => a - b);
    print(
      view.name,
      ms(times[Math.floor(times.length * 0.5)]),
      ms(times[Math.floor(times.length * 0.95)]),
      ms(view.goalMs),
    );
  }
  console.log('');
  for (const line of [['what', 'value', 'goal'], ['---', '---', '---'], ...(await checksOf(client, ctx))])
    print(...line);
  const { rowsPerSecond, cpuUsPerRow } = await ingest(client, 20);
  print(
    'the writer alone, logs a second with bodies of 2 kB',
    Math.round(rowsPerSecond).toLocaleString('en-US'),
    '20,000',
  );
  print('its CPU, µs a log', cpuUsPerRow.toFixed(1), '20');
}

function print(...cells: string[]): void {
  console.log(`| ${cells.join(' | ')} |`);
}

function ms(value: number | undefined): string {
  return `${(value ?? 0).toFixed(1)} ms`;
}
