import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { putAside } from './journal-dead';
import { costOf, logRecord } from './testing';

test('a record put aside can be read by a person: bodies as text, amounts as digits', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'respan-dead-'));
  try {
    const payload = { request: Buffer.from('{"a":1}'), response: null, requestHeaders: null, responseHeaders: null };
    await putAside(dir, logRecord({ cost: costOf(7n), payload }), new Error('no room'));
    const entry = JSON.parse(await readFile(join(dir, 'dead.jsonl'), 'utf8'));
    expect(entry).toMatchObject({
      reason: 'no room',
      record: { cost: { costNanoUsd: '7' }, payload: { request: '{"a":1}', response: null } },
    });
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
});
