import { appendFile, cp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { LogRecord } from '@/lib/gateway/log-record';
import { intentOf, logRecord } from './testing';
import { ALL, idsOf, Journals, records, takeIds } from './testing.journals';

const journals = new Journals();

/** Leaves a journal with records, and bytes of other making between them, as a dead process would. */
async function left(...parts: (LogRecord | string | undefined)[]): Promise<void> {
  const journal = await journals.start();
  for (const part of parts) {
    const [name = ''] = await journals.files();
    if (typeof part === 'string') await appendFile(join(journals.dir, name), part);
    else if (part) journal.settle(part);
  }
  await journals.end(journal);
}

test('the next one gives what was not written', async () => {
  const list = records(5);
  const first = await journals.start();
  for (const record of list) first.settle(record);
  first.acknowledge(await first.take({ rows: 2, bytes: ALL.bytes }));
  await journals.end(first);
  const second = await journals.start();
  expect(second.counters()).toMatchObject({ accepted: 5, pending: 5 });
  const taken = await second.take(ALL);
  expect(taken.map((outcome) => outcome.id)).toEqual(list.map((record) => record.id));
  second.acknowledge(taken);
  await journals.end(second);
  expect(await readdir(journals.dir)).toEqual([]);
});

test('an intent without an outcome becomes an interrupted log, one with an outcome does not', async () => {
  const first = await journals.start({ segmentBytes: 1000 });
  const [answered, lost] = [logRecord(), logRecord({ requestedModel: 'claude-opus-5', apiKeyId: null })];
  first.intend(intentOf(answered));
  first.intend(intentOf(lost));
  const between = records(5);
  for (const record of between) first.settle(record);
  first.settle(answered);
  expect((await journals.files()).length).toBeGreaterThan(2);
  await journals.end(first);

  const second = await journals.start();
  const taken = await second.take(ALL);
  expect(taken.map((outcome) => outcome.id).sort()).toEqual(idsOf([...between, answered, lost]));
  const interrupted = taken.filter((outcome) => outcome.isInterrupted);
  expect(interrupted.map((outcome) => outcome.id)).toEqual([lost.id]);
  const row = interrupted[0]?.row.log.toString('latin1');
  for (const part of ['interrupted', 'gateway', 'claude-opus-5', lost.endpoint, 'may have answered']) {
    expect(row).toContain(part);
  }
  second.acknowledge(taken);
  await journals.end(second);
  expect(await readdir(journals.dir)).toEqual([]);
});

test('a last line that was torn is left out, and all before it are kept', async () => {
  const first = await journals.start();
  const list = records(3);
  for (const record of list) first.settle(record);
  await journals.end(first);
  const [name = ''] = await journals.files();
  await truncate(join(journals.dir, name), (await stat(join(journals.dir, name))).size - 10);
  const second = await journals.start();
  expect(await takeIds(second)).toEqual(idsOf(list.slice(0, 2)));
  expect(second.counters()).toMatchObject({ accepted: 2, pending: 2, dead: 0 });
  expect(journals.reports).toEqual([]);
});

test('an outcome that cannot be read is put aside and does not hold up the others', async () => {
  const list = records(2);
  await left(list[0], '["o","0190",{"payload":{"note":"not an outcome"}},2,null]\n{}\n', list[1]);
  const next = await journals.start();
  expect(await takeIds(next)).toEqual(idsOf(list));
  expect(next.counters()).toMatchObject({ accepted: 3, pending: 2, dead: 1 });
  await journals.end(next);
  const dead = JSON.parse(await readFile(join(journals.dir, 'dead.jsonl'), 'utf8'));
  expect(dead.record).toEqual({ payload: { note: 'not an outcome', request: '{}', response: null } });
});

test('a body that looks like a frame is a body', async () => {
  const forged = `{}\n["o","${logRecord().id}",{"payload":null},null,null]\n\n`;
  const record = logRecord({
    payload: { request: forged, response: forged, requestHeaders: null, responseHeaders: null },
  });
  await left(record, record);
  const next = await journals.start();
  const taken = await next.take(ALL);
  expect(taken.map((outcome) => outcome.id)).toEqual([record.id, record.id]);
  expect(taken[0]?.row.response?.toString()).toBe(forged);
  expect(next.counters()).toMatchObject({ accepted: 2, dead: 0 });
});

test('of a file that a power cut damaged the sound part is used, and the file kept', async () => {
  const list = records(3);
  await left(list[0], list[1], '\0\0\0\0\0\n', list[2]);
  const next = await journals.start();
  const taken = await next.take(ALL);
  expect(taken.map((outcome) => outcome.id).sort()).toEqual(idsOf(list.slice(0, 2)));
  next.acknowledge(taken);
  await journals.end(next);
  expect(journals.reports).toEqual([expect.stringContaining('damaged')]);
  const kept = await readdir(journals.dir);
  expect(kept).toEqual([expect.stringMatching(/^damaged-.*-1\.jsonl$/)]);
  expect(await readFile(join(journals.dir, kept[0] ?? ''), 'utf8')).toContain(list[2]?.id);
});

test('a file that somebody removed holds nothing up', async () => {
  const first = await journals.start();
  first.settle(logRecord());
  await journals.end(first);
  const second = await journals.start();
  for (const name of await journals.files()) if (name.includes('@')) await rm(join(journals.dir, name));
  const record = logRecord();
  second.settle(record);
  expect(await takeIds(second)).toEqual([record.id]);
  expect(second.counters()).toMatchObject({ pending: 1, dead: 1 });
});

test('of several processes exactly one takes over, and nobody takes from the living', async () => {
  const living = await journals.start();
  const mine = logRecord();
  living.settle(mine);
  const dead = await journals.start();
  const list = records(4);
  for (const record of list) dead.settle(record);
  await journals.end(dead);
  const others = await Promise.all([journals.start(), journals.start(), journals.start()]);
  const taken = await Promise.all(others.map(takeIds));
  expect(taken.flat().sort()).toEqual(idsOf(list));
  expect(taken.filter((ids) => ids.length > 0)).toHaveLength(1);
  expect(await takeIds(living)).toEqual([mine.id]);
});

test('a process that lives learns of one that died later', async () => {
  const living = await journals.start();
  const other = await journals.start();
  const record = logRecord();
  other.settle(record);
  await journals.end(other);
  let told = 0;
  living.onPending = () => told++;
  await living.adopt();
  expect(told).toBe(1);
  expect(await takeIds(living)).toEqual([record.id]);
});

test('what the one who takes over leaves is taken over in turn', async () => {
  const first = await journals.start();
  const [left, lost] = [logRecord(), logRecord()];
  first.intend(intentOf(lost));
  first.settle(left);
  await journals.end(first);
  await journals.end(await journals.start());
  const third = await journals.start();
  // The interruption may come twice, from either folder; the database takes each id once.
  expect(new Set(await takeIds(third))).toEqual(new Set([left.id, lost.id]));
});

test('the folder of another machine counts as dead only when it has been silent for long', async () => {
  const first = await journals.start();
  const record = logRecord();
  first.settle(record);
  const [name = ''] = await readdir(journals.dir);
  await cp(join(journals.dir, name), join(journals.dir, '1700000000000-1-0123abcd'), { recursive: true });
  const owner = join(journals.dir, '1700000000000-1-0123abcd', 'owner.json');
  await writeFile(owner, JSON.stringify({ host: 'elsewhere', pid: process.pid, bornAt: '1' }));
  const second = await journals.start();
  expect(await takeIds(second)).toEqual([]);
  await utimes(owner, new Date(Date.now() - 31_000), new Date(Date.now() - 31_000));
  await second.adopt();
  expect(await takeIds(second)).toEqual([record.id]);
});

test('a process id that was given to another process since does not keep a folder alive', async () => {
  const first = await journals.start();
  const record = logRecord();
  first.settle(record);
  const [name = ''] = await readdir(journals.dir);
  await cp(join(journals.dir, name), join(journals.dir, '1700000000000-1-0123abcd'), { recursive: true });
  const owner = join(journals.dir, '1700000000000-1-0123abcd', 'owner.json');
  const written = JSON.parse(await readFile(owner, 'utf8'));
  if (written.bornAt === null) return;
  await writeFile(owner, JSON.stringify({ ...written, bornAt: '1' }));
  expect(await takeIds(await journals.start())).toEqual([record.id]);
});
