import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Env } from '@/lib/env';

const secretsSchema = z.object({
  ENCRYPTION_KEY: z.string().regex(/^[0-9a-f]{64}$/i),
  NEXTAUTH_SECRET: z.string().min(32),
});

export type Secrets = z.infer<typeof secretsSchema>;

/**
 * The secrets of this installation: those of the environment, and for what is missing there those in `<DATA_DIR>/secrets.json`,
 * made at the first start.
 * @throws Error when DATABASE_URL is set and a secret is not: a database shared by many processes needs the same ones in each
 */
export async function ensureSecrets(env: Env): Promise<Secrets> {
  const given = { ENCRYPTION_KEY: env.ENCRYPTION_KEY, NEXTAUTH_SECRET: env.NEXTAUTH_SECRET };
  const complete = secretsSchema.safeParse(given);
  if (complete.success) return complete.data;
  if (env.DATABASE_URL) throw new Error(explain(given));
  const kept = await keepSecrets(env.DATA_DIR);
  return {
    ENCRYPTION_KEY: given.ENCRYPTION_KEY ?? kept.ENCRYPTION_KEY,
    NEXTAUTH_SECRET: given.NEXTAUTH_SECRET ?? kept.NEXTAUTH_SECRET,
  };
}

function explain(given: Partial<Secrets>): string {
  const missing = secretsSchema.keyof().options.filter((name) => !given[name]);
  return [
    `DATABASE_URL is set, so ${missing.join(' and ')} must be set too, to the same value for every server on that database.`,
    'Make each one once and keep it safe:',
    ...missing.map((name) => `  ${name}=$(openssl rand -hex 32)`),
  ].join('\n');
}

async function keepSecrets(dataDir: string): Promise<Secrets> {
  const file = join(dataDir, 'secrets.json');
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const text = (await read(file)) ?? (await create(file));
  const parsed = secretsSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  // A new key would make every stored credential unreadable, so it is never replaced on its own.
  throw new Error(`${file} is damaged. Restore it from a backup: the stored provider keys can only be read with it.`);
}

/** Writes the file whole, and leaves the one that another process wrote first. */
async function create(file: string): Promise<string> {
  const secrets: Secrets = {
    ENCRYPTION_KEY: randomBytes(32).toString('hex'),
    NEXTAUTH_SECRET: randomBytes(32).toString('hex'),
  };
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const handle = await open(draft, 'wx', 0o600);
  await handle.writeFile(`${JSON.stringify(secrets, null, 2)}\n`);
  await handle.sync();
  await handle.close();
  await link(draft, file).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  });
  await rm(draft);
  return readFile(file, 'utf8');
}

async function read(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
