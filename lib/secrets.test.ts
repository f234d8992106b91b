import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Env, env } from './env';
import { ensureSecrets } from './secrets';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'respan-secrets-'));
});

afterEach(() => rm(folder, { recursive: true }));

function settings(values: Partial<Env> = {}): Env {
  const none = { DATABASE_URL: undefined, ENCRYPTION_KEY: undefined, NEXTAUTH_SECRET: undefined };
  return { ...env(), ...none, DATA_DIR: join(folder, 'data'), ...values };
}

test('makes them at the first start, for its owner alone, and keeps them', async () => {
  const made = await ensureSecrets(settings());
  expect(made.ENCRYPTION_KEY).toMatch(/^[0-9a-f]{64}$/);
  expect(made.NEXTAUTH_SECRET).not.toBe(made.ENCRYPTION_KEY);
  expect(await ensureSecrets(settings())).toEqual(made);
  expect(await readdir(join(folder, 'data'))).toEqual(['secrets.json']);
  expect((await stat(join(folder, 'data', 'secrets.json'))).mode & 0o777).toBe(0o600);
  expect((await stat(join(folder, 'data'))).mode & 0o777).toBe(0o700);
});

test('many first starts at once agree', async () => {
  const all = await Promise.all(Array.from({ length: 8 }, () => ensureSecrets(settings())));
  expect(new Set(all.map((secrets) => secrets.ENCRYPTION_KEY)).size).toBe(1);
});

test('the environment comes first, and writes nothing when it has both', async () => {
  const both = { ENCRYPTION_KEY: 'a'.repeat(64), NEXTAUTH_SECRET: 'b'.repeat(32) };
  expect(await ensureSecrets(settings(both))).toEqual(both);
  expect(await readdir(folder)).toEqual([]);
  const mixed = await ensureSecrets(settings({ ENCRYPTION_KEY: both.ENCRYPTION_KEY }));
  expect(mixed.ENCRYPTION_KEY).toBe(both.ENCRYPTION_KEY);
  expect(mixed.NEXTAUTH_SECRET).toHaveLength(64);
});

test('an external database requires them and says how to make the missing ones', async () => {
  const external = settings({ DATABASE_URL: 'postgres://db/respan', ENCRYPTION_KEY: 'a'.repeat(64) });
  await expect(ensureSecrets(external)).rejects.toThrow(
    /NEXTAUTH_SECRET must be set.*NEXTAUTH_SECRET=\$\(openssl rand -hex 32\)/s,
  );
  await expect(ensureSecrets(external)).rejects.not.toThrow('ENCRYPTION_KEY');
  expect(await readdir(folder)).toEqual([]);
});

test('a damaged file is never replaced by a new one', async () => {
  await writeFile(join(folder, 'secrets.json'), '{"ENCRYPTION_KEY": "');
  await expect(ensureSecrets(settings({ DATA_DIR: folder }))).rejects.toThrow('Restore it from a backup');
});
