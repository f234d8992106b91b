import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { stopEmbeddedPostgres } from './embedded';

/** For vitest: names a folder for this run's database server, and at the end stops the server that a test started there. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'respan-test-'));
  provide('testDatabaseUrl', process.env.TEST_DATABASE_URL ?? '');
  provide('testDataDir', dataDir);
  return async () => {
    const files = await readdir(dataDir);
    if (files.includes('postgres')) await stopEmbeddedPostgres(dataDir);
    await rm(dataDir, { recursive: true, force: true, maxRetries: 3 });
  };
}
