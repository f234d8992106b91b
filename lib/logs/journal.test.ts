import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { CredentialSource } from '@/lib/gateway/log-record';
import { costOf, intentOf, logRecord } from './testing';
import { ALL, Journals, records } from './testing.journals';

const journals = new Journals();

test('an outcome is in the file when settle returns, with the intents before it', async () => {
  const journal = await journals.start();
  const [first, second] = [logRecord(), logRecord({ promptPreview: 'zwölf 😀' })];
  journal.intend(intentOf(first));
  journal.settle(second);
  const [name = ''] = await journals.files();
  const [intent = '', outcome = '', ...bodies] = (await readFile(join(journals.dir, name), 'utf8')).split('\n');
  expect(JSON.parse(intent).slice(0, 2)).toEqual(['i', first.id]);
  expect(JSON.parse(outcome).slice(0, 2)).toEqual(['o', second.id]);
  expect(JSON.parse(outcome)[2].promptPreview).toBe('zwölf 😀');
  expect(bodies.join('\n')).toBe(`${second.payload?.request}${second.payload?.response}\n`);
  expect((await stat(join(journals.dir, name))).mode & 0o077).toBe(0);
});

test('intents of one turn are in the file after it', async () => {
  const journal = await journals.start();
  const list = records(3);
  for (const record of list) journal.intend(intentOf(record));
  await nextTurn();
  const [name = ''] = await journals.files();
  expect((await readFile(join(journals.dir, name), 'utf8')).trimEnd().split('\n')).toHaveLength(3);
});

test('what is taken in batches is everything, once, in order', async () => {
  const journal = await journals.start();
  const list = records(10);
  for (const record of list) journal.settle(record);
  const taken: string[] = [];
  while (!journal.isEmpty) {
    const batch = await journal.take({ rows: 3, bytes: ALL.bytes });
    expect(batch.length).toBeLessThanOrEqual(3);
    taken.push(...batch.map((outcome) => outcome.id));
    journal.acknowledge(batch);
  }
  expect(taken).toEqual(list.map((record) => record.id));
  expect(journal.counters()).toEqual({ accepted: 10, written: 10, pending: 0, dead: 0 });
});

test('a segment goes when its outcomes are written and its intents have ended, not before', async () => {
  const journal = await journals.start({ segmentBytes: 4000 });
  const slow = logRecord();
  journal.intend(intentOf(slow));
  for (const record of records(20)) journal.settle(record);
  const full = await journals.files();
  expect(full.length).toBeGreaterThan(3);
  journal.acknowledge(await journal.take(ALL));
  await expect.poll(() => journals.files()).toEqual([full[0], full.at(-1)].sort());
  journal.settle(slow);
  journal.acknowledge(await journal.take(ALL));
  await expect.poll(async () => (await journals.files()).length).toBe(1);
  await journals.end(journal);
  expect(await readdir(journals.dir)).toEqual([]);
});

test('beyond its memory it leaves outcomes on disk, and gives them all the same', async () => {
  const journal = await journals.start({ heldBytes: 20_000, segmentBytes: 50_000 });
  const list = records(300, { promptPreview: 'x'.repeat(200) });
  for (const record of list.slice(0, 200)) {
    journal.intend(intentOf(record));
    journal.settle(record);
  }
  journal.acknowledge(await journal.take({ rows: 150, bytes: ALL.bytes }));
  for (const record of list.slice(200)) journal.settle(record);
  const rest = await journal.take(ALL);
  expect(rest.map((outcome) => outcome.id)).toEqual(list.slice(150).map((record) => record.id));
  expect(rest.filter((outcome) => outcome.heldBytes > 0).length).toBeLessThan(100);
  journal.acknowledge(rest);
  expect(journal.counters()).toEqual({ accepted: 300, written: 300, pending: 0, dead: 0 });
  await journals.end(journal);
  expect(await readdir(journals.dir)).toEqual([]);
});

test('an outcome read back from disk is the one that was settled', async () => {
  const journal = await journals.start({ heldBytes: 1 });
  const list = records(2, { metadata: { a: ['ü', null] }, promptPreview: 'tab\t nul\0 \\N' });
  for (const record of list) journal.settle(record);
  const [held, left] = await journal.take(ALL);
  expect(left?.heldBytes).toBe(0);
  // Rows begin with the organization and end with what the test gives; the id is all that differs.
  const neutral = (row: Buffer | null | undefined) => row && Buffer.concat([row.subarray(0, 22), row.subarray(42)]);
  expect(neutral(left?.row.log)).toEqual(neutral(held?.row.log));
  expect(neutral(left?.row.payload)).toEqual(neutral(held?.row.payload));
  expect(left?.facts).toEqual(held?.facts);
});

const attempt = (credentialSource: CredentialSource) => ({
  provider: 'anthropic',
  model: 'claude-sonnet-5',
  credentialSource,
  credentialId: null,
  credentialHint: 'abcd',
  startedAfterMs: 0,
  durationMs: 1,
  statusCode: 200,
  reason: 'first choice',
  outcome: 'ok',
  digests: null,
});

test('what credits owe is read back from disk, and on lines of before it was kept is told by the last target', async () => {
  const journal = await journals.start({ heldBytes: 1 });
  const paid = { credentialSource: 'credits', cost: costOf(100n) } as const;
  const byCredits = { ...paid, attempts: [attempt('integration'), attempt('credits')] };
  journal.settle(logRecord());
  const given = [{ ...byCredits, owedNanoUsd: '70' }, { ...byCredits, owedNanoUsd: '0' }, paid];
  for (const one of [...given, { ...byCredits, credentialSource: 'integration' as const, owedNanoUsd: '30' }])
    journal.settle(logRecord(one));
  const [, ...left] = await journal.take(ALL);
  expect(left.map(({ heldBytes, debit }) => [heldBytes, debit?.costNanoUsd])).toEqual([
    [0, 70n],
    [0, 0n],
    [0, 100n],
    [0, 30n],
  ]);
});

test('a log of 20 MB is one log like any other', async () => {
  const journal = await journals.start({ heldBytes: 1 });
  journal.settle(logRecord());
  const payload = { request: 'ü\n'.repeat(10_000_000), response: null, requestHeaders: null, responseHeaders: null };
  const list = [logRecord({ payload }), logRecord()];
  for (const record of list) journal.settle(record);
  const taken = await journal.take(ALL);
  expect(taken.map((outcome) => outcome.id).slice(1)).toEqual(list.map((record) => record.id));
  expect(taken[1]?.row.payload?.length).toBeGreaterThan(30_000_000);
});
