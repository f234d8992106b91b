import { appendFile, cp, mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LogRecord } from '@/lib/gateway/log-record';
import { type Journal, type JournalOptions, openJournal } from './journal';
import { intentOf, logRecord } from './testing';

const ALL = { rows: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY };

let dir: string;
const open: Journal[] = [];
const reports: string[] = [];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'respan-journal-'));
  reports.length = 0;
});
afterEach(async () => {
  for (const journal of open.splice(0)) await journal.close();
  await rm(dir, { recursive: true });
});

async function start(options: Partial<JournalOptions> = {}): Promise<Journal> {
  const journal = await openJournal({ dir, report: (message) => reports.push(message), ...options });
  open.push(journal);
  return journal;
}

/** As after a clean end or a crash: nobody looks after the folder any more. */
async function end(journal: Journal): Promise<void> {
  open.splice(open.indexOf(journal), 1);
  await journal.close();
}

async function files(): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true });
  return entries.filter((name) => name.endsWith('.jsonl')).sort();
}

async function takeIds(journal: Journal): Promise<string[]> {
  return (await journal.take(ALL)).map((outcome) => outcome.id).sort();
}

/** Leaves a journal with records, and bytes of other making between them, as a dead process would. */
async function left(...parts: (LogRecord | string | undefined)[]): Promise<void> {
  const journal = await start();
  for (const part of parts) {
    const [name = ''] = await files();
    if (typeof part === 'string') await appendFile(join(dir, name), part);
    else if (part) journal.settle(part);
  }
  await end(journal);
}

const records = (count: number, given: Partial<LogRecord> = {}) =>
  Array.from({ length: count }, () => logRecord(given));
const idsOf = (list: readonly LogRecord[]) => list.map((record) => record.id).sort();

describe('while it runs', () => {
  test('an outcome is in the file when settle returns, with the intents before it', async () => {
    const journal = await start();
    const [first, second] = [logRecord(), logRecord({ promptPreview: 'zwölf 😀' })];
    journal.intend(intentOf(first));
    journal.settle(second);
    const [name = ''] = await files();
    const [intent = '', outcome = '', ...bodies] = (await readFile(join(dir, name), 'utf8')).split('\n');
    expect(JSON.parse(intent).slice(0, 2)).toEqual(['i', first.id]);
    expect(JSON.parse(outcome).slice(0, 2)).toEqual(['o', second.id]);
    expect(JSON.parse(outcome)[2].promptPreview).toBe('zwölf 😀');
    expect(bodies.join('\n')).toBe(`${second.payload?.request}${second.payload?.response}\n`);
    expect((await stat(join(dir, name))).mode & 0o077).toBe(0);
  });

  test('intents of one turn are in the file after it', async () => {
    const journal = await start();
    const list = records(3);
    for (const record of list) journal.intend(intentOf(record));
    await nextTurn();
    const [name = ''] = await files();
    expect((await readFile(join(dir, name), 'utf8')).trimEnd().split('\n')).toHaveLength(3);
  });

  test('what is taken in batches is everything, once, in order', async () => {
    const journal = await start();
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
    const journal = await start({ segmentBytes: 4000 });
    const slow = logRecord();
    journal.intend(intentOf(slow));
    for (const record of records(20)) journal.settle(record);
    const full = await files();
    expect(full.length).toBeGreaterThan(3);
    journal.acknowledge(await journal.take(ALL));
    await expect.poll(files).toEqual([full[0], full.at(-1)].sort());
    journal.settle(slow);
    journal.acknowledge(await journal.take(ALL));
    await expect.poll(async () => (await files()).length).toBe(1);
    await end(journal);
    expect(await readdir(dir)).toEqual([]);
  });

  test('beyond its memory it leaves outcomes on disk, and gives them all the same', async () => {
    const journal = await start({ heldBytes: 20_000, segmentBytes: 50_000 });
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
    await end(journal);
    expect(await readdir(dir)).toEqual([]);
  });

  test('an outcome read back from disk is the one that was settled', async () => {
    const journal = await start({ heldBytes: 1 });
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

  test('a log of 20 MB is one log like any other', async () => {
    const journal = await start({ heldBytes: 1 });
    journal.settle(logRecord());
    const payload = { request: 'ü\n'.repeat(10_000_000), response: null, requestHeaders: null, responseHeaders: null };
    const list = [logRecord({ payload }), logRecord()];
    for (const record of list) journal.settle(record);
    const taken = await journal.take(ALL);
    expect(taken.map((outcome) => outcome.id).slice(1)).toEqual(list.map((record) => record.id));
    expect(taken[1]?.row.payload?.length).toBeGreaterThan(30_000_000);
  });
});

describe('after a process ended', () => {
  test('the next one gives what was not written', async () => {
    const list = records(5);
    const first = await start();
    for (const record of list) first.settle(record);
    first.acknowledge(await first.take({ rows: 2, bytes: ALL.bytes }));
    await end(first);
    const second = await start();
    expect(second.counters()).toMatchObject({ accepted: 5, pending: 5 });
    const taken = await second.take(ALL);
    expect(taken.map((outcome) => outcome.id)).toEqual(list.map((record) => record.id));
    second.acknowledge(taken);
    await end(second);
    expect(await readdir(dir)).toEqual([]);
  });

  test('an intent without an outcome becomes an interrupted log, one with an outcome does not', async () => {
    const first = await start({ segmentBytes: 1000 });
    const [answered, lost] = [logRecord(), logRecord({ requestedModel: 'claude-opus-5', apiKeyId: null })];
    first.intend(intentOf(answered));
    first.intend(intentOf(lost));
    const between = records(5);
    for (const record of between) first.settle(record);
    first.settle(answered);
    expect((await files()).length).toBeGreaterThan(2);
    await end(first);

    const second = await start();
    const taken = await second.take(ALL);
    expect(taken.map((outcome) => outcome.id).sort()).toEqual(idsOf([...between, answered, lost]));
    const interrupted = taken.filter((outcome) => outcome.isInterrupted);
    expect(interrupted.map((outcome) => outcome.id)).toEqual([lost.id]);
    const row = interrupted[0]?.row.log.toString('latin1');
    for (const part of ['interrupted', 'gateway', 'claude-opus-5', lost.endpoint, 'may have answered']) {
      expect(row).toContain(part);
    }
    second.acknowledge(taken);
    await end(second);
    expect(await readdir(dir)).toEqual([]);
  });

  test('a last line that was torn is left out, and all before it are kept', async () => {
    const first = await start();
    const list = records(3);
    for (const record of list) first.settle(record);
    await end(first);
    const [name = ''] = await files();
    await truncate(join(dir, name), (await stat(join(dir, name))).size - 10);
    const second = await start();
    expect(await takeIds(second)).toEqual(idsOf(list.slice(0, 2)));
    expect(second.counters()).toMatchObject({ accepted: 2, pending: 2, dead: 0 });
    expect(reports).toEqual([]);
  });

  test('an outcome that cannot be read is put aside and does not hold up the others', async () => {
    const list = records(2);
    await left(list[0], '["o","0190",{"payload":{"note":"not an outcome"}},2,null]\n{}\n', list[1]);
    const next = await start();
    expect(await takeIds(next)).toEqual(idsOf(list));
    expect(next.counters()).toMatchObject({ accepted: 3, pending: 2, dead: 1 });
    await end(next);
    const dead = JSON.parse(await readFile(join(dir, 'dead.jsonl'), 'utf8'));
    expect(dead.record).toEqual({ payload: { note: 'not an outcome', request: '{}', response: null } });
  });

  test('a body that looks like a frame is a body', async () => {
    const forged = `{}\n["o","${logRecord().id}",{"payload":null},null,null]\n\n`;
    const record = logRecord({
      payload: { request: forged, response: forged, requestHeaders: null, responseHeaders: null },
    });
    await left(record, record);
    const next = await start();
    const taken = await next.take(ALL);
    expect(taken.map((outcome) => outcome.id)).toEqual([record.id, record.id]);
    expect(taken[0]?.row.response?.toString()).toBe(forged);
    expect(next.counters()).toMatchObject({ accepted: 2, dead: 0 });
  });

  test('of a file that a power cut damaged the sound part is used, and the file kept', async () => {
    const list = records(3);
    await left(list[0], list[1], '\0\0\0\0\0\n', list[2]);
    const next = await start();
    const taken = await next.take(ALL);
    expect(taken.map((outcome) => outcome.id).sort()).toEqual(idsOf(list.slice(0, 2)));
    next.acknowledge(taken);
    await end(next);
    expect(reports).toEqual([expect.stringContaining('damaged')]);
    const kept = await readdir(dir);
    expect(kept).toEqual([expect.stringMatching(/^damaged-.*-1\.jsonl$/)]);
    expect(await readFile(join(dir, kept[0] ?? ''), 'utf8')).toContain(list[2]?.id);
  });

  test('a file that somebody removed holds nothing up', async () => {
    const first = await start();
    first.settle(logRecord());
    await end(first);
    const second = await start();
    for (const name of await files()) if (name.includes('@')) await rm(join(dir, name));
    const record = logRecord();
    second.settle(record);
    expect(await takeIds(second)).toEqual([record.id]);
    expect(second.counters()).toMatchObject({ pending: 1, dead: 1 });
  });

  test('of several processes exactly one takes over, and nobody takes from the living', async () => {
    const living = await start();
    const mine = logRecord();
    living.settle(mine);
    const dead = await start();
    const list = records(4);
    for (const record of list) dead.settle(record);
    await end(dead);
    const others = await Promise.all([start(), start(), start()]);
    const taken = await Promise.all(others.map(takeIds));
    expect(taken.flat().sort()).toEqual(idsOf(list));
    expect(taken.filter((ids) => ids.length > 0)).toHaveLength(1);
    expect(await takeIds(living)).toEqual([mine.id]);
  });

  test('a process that lives learns of one that died later', async () => {
    const living = await start();
    const other = await start();
    const record = logRecord();
    other.settle(record);
    await end(other);
    let told = 0;
    living.onPending = () => told++;
    await living.adopt();
    expect(told).toBe(1);
    expect(await takeIds(living)).toEqual([record.id]);
  });

  test('what the one who takes over leaves is taken over in turn', async () => {
    const first = await start();
    const [left, lost] = [logRecord(), logRecord()];
    first.intend(intentOf(lost));
    first.settle(left);
    await end(first);
    await end(await start());
    const third = await start();
    // The interruption may come twice, from either folder; the database takes each id once.
    expect(new Set(await takeIds(third))).toEqual(new Set([left.id, lost.id]));
  });

  test('the folder of another machine counts as dead only when it has been silent for long', async () => {
    const first = await start();
    const record = logRecord();
    first.settle(record);
    const [name = ''] = await readdir(dir);
    await cp(join(dir, name), join(dir, '1700000000000-1-0123abcd'), { recursive: true });
    const owner = join(dir, '1700000000000-1-0123abcd', 'owner.json');
    await writeFile(owner, JSON.stringify({ host: 'elsewhere', pid: process.pid, bornAt: '1' }));
    const second = await start();
    expect(await takeIds(second)).toEqual([]);
    await utimes(owner, new Date(Date.now() - 31_000), new Date(Date.now() - 31_000));
    await second.adopt();
    expect(await takeIds(second)).toEqual([record.id]);
  });

  test('a process id that was given to another process since does not keep a folder alive', async () => {
    const first = await start();
    const record = logRecord();
    first.settle(record);
    const [name = ''] = await readdir(dir);
    await cp(join(dir, name), join(dir, '1700000000000-1-0123abcd'), { recursive: true });
    const owner = join(dir, '1700000000000-1-0123abcd', 'owner.json');
    const written = JSON.parse(await readFile(owner, 'utf8'));
    if (written.bornAt === null) return;
    await writeFile(owner, JSON.stringify({ ...written, bornAt: '1' }));
    expect(await takeIds(await start())).toEqual([record.id]);
  });
});
