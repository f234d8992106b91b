import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const PARENT = fileURLToPath(new URL('./testing.workers.ts', import.meta.url));

test('a worker that is still starting does not silence the others', { timeout: 60_000 }, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', PARENT]);
  expect(stdout).toContain('\nrespan_logs_accepted_total 7\n');
  expect(stdout).toContain('\nrespan_logs_pending 2\n');
});
