/**
 * A process for crash.test.ts to kill: it takes calls as a gateway does, and says on standard output what it has promised.
 * Arguments: database URL, journal folder.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { openLogStore } from './store';
import { costOf, intentOf, logRecord } from './testing';

const [databaseUrl = '', dir = ''] = process.argv.slice(2);
const store = await openLogStore({ databaseUrl, dir, report: (message, error) => console.error(message, error) });

const say = (line: string) => process.stdout.write(`${line}\n`);

for (let n = 0; ; n++) {
  const record = logRecord({
    credentialSource: 'credits',
    cost: costOf(BigInt(1 + (n % 7))),
    payload: { request: 'x'.repeat(n % 3000), response: 'y\n', requestHeaders: null, responseHeaders: null },
  });
  store.journal.intend(intentOf(record));
  // The answer of the upstream call cannot come before the next turn.
  await nextTurn();
  await nextTurn();
  say(`intended ${record.id}`);
  if (n % 5 === 4) continue;
  store.journal.settle(record);
  say(`settled ${record.id}`);
}
