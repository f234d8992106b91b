/**
 * A process for disk.test.ts whose disk is full after 64 kB a file and has room again later. Prints what happened.
 * Argument: journal folder.
 */
import { execFileSync } from 'node:child_process';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@/lib/errors';
import { openJournal } from './journal';
import { intentOf, logRecord } from './testing';

const [dir = ''] = process.argv.slice(2);
const reports: string[] = [];
const journal = await openJournal({ dir, report: (message) => reports.push(message) });
const inFlight = logRecord();
journal.intend(intentOf(inFlight));
await nextTurn();

limitFileSize('65536');
const ids: string[] = [];
const settle = (record = logRecord({ promptPreview: 'x'.repeat(900) })) => {
  journal.settle(record);
  ids.push(record.id);
};
for (let n = 0; n < 100; n++) settle();
const refusal = tryIntend();
settle(inFlight);
const whileFull = journal.counters();
const taken = await journal.take({ rows: 10, bytes: Number.POSITIVE_INFINITY });
journal.acknowledge(taken);

limitFileSize('unlimited');
await sleep(700);
const afterwards = tryIntend();
settle();
await journal.close();
console.log(JSON.stringify({ ids, acknowledged: taken.map(({ id }) => id), refusal, afterwards, whileFull, reports }));

function tryIntend(): string {
  try {
    journal.intend(intentOf(logRecord()));
    return 'taken';
  } catch (error) {
    return error instanceof AppError ? error.code : 'something else';
  }
}

function limitFileSize(bytes: string): void {
  execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`]);
}
