import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';

test('.env.example lists every variable that is read, each with what it says, and no other', () => {
  const source = readFileSync('lib/env.ts', 'utf8');
  const read = [...source.matchAll(/^ {2}([A-Z_]+):/gm)].map((match) => match[1]);
  // These two are set by the start itself.
  const ours = read.filter((name) => name !== 'NODE_ENV' && name !== 'SIMULATOR_URL');
  const listed = parseEnv(readFileSync('.env.example', 'utf8'));
  expect(Object.keys(listed).sort()).toEqual(ours.sort());
  expect(listed).toMatchObject({ PORT: '3000', HOST: '127.0.0.1', DATABASE_URL: '', DATA_DIR: '.data' });
});
