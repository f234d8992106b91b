import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openJournal } from './journal';

const CHILD = fileURLToPath(new URL('./testing.disk.ts', import.meta.url));

function canLimitFileSize(): boolean {
  try {
    execFileSync('prlimit', ['--version']);
    return true;
  } catch {
    return false;
  }
}

test.skipIf(!canLimitFileSize())('a full disk refuses calls, keeps what was settled, and recovers', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'respan-journal-'));
  const output = execFileSync(process.execPath, ['--import', 'tsx', CHILD, dir], { encoding: 'utf8' });
  const result = JSON.parse(output);
  expect(result).toMatchObject({
    refusal: 'unavailable',
    afterwards: 'taken',
    whileFull: { accepted: 101, written: 0, pending: 101, dead: 0 },
    reports: [expect.stringContaining('cannot be written'), expect.stringContaining('again')],
  });

  const journal = await openJournal({ dir, report: (message, error) => expect.fail(`${message} ${error}`) });
  const taken = await journal.take({ rows: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY });
  const real = taken.filter((outcome) => !outcome.isInterrupted).map((outcome) => outcome.id);
  // What was in the database before the disk took it is not needed again.
  expect(new Set([...real, ...result.acknowledged])).toEqual(new Set(result.ids));
  expect(new Set(real).size).toBe(real.length);
  expect(taken.filter((outcome) => outcome.isInterrupted)).toHaveLength(1);
  await journal.close();
  await rm(dir, { recursive: true });
});
