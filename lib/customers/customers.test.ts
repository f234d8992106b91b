import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db } from '@/lib/db/client';
import { execute, sql } from '@/lib/db/sql';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import type { LogRecord } from '@/lib/gateway/log-record';
import { logRecord } from '@/lib/logs/testing';
import { noteCustomers, profileOf } from './notes';
import { saveCustomers } from './save';

let database: TestDatabase;
let acme: string;
let other: string;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  [acme, other] = [uuidv7(), uuidv7()];
  for (const id of [acme, other]) await db().organization.create({ data: { id, name: 'An organization' } });
});

const ada = () => ({ organizationId: acme, identifier: 'ada', name: null, email: null });
const stored = async (organizationId = acme) =>
  (await db().customer.findMany({ where: { organizationId }, orderBy: { identifier: 'asc' } })).map(
    ({ identifier, name, email }) => [identifier, name, email],
  );
const record = (fields: object, over: Partial<LogRecord> = {}) =>
  logRecord({ organizationId: acme, customerIdentifier: 'ada', metadata: { respan_fields: fields }, ...over });

describe('saving', () => {
  it('keeps what a later request leaves out, and changes what it says anew', async () => {
    expect(await saveCustomers([{ ...ada(), name: 'Ada', email: 'ada@example.com' }])).toBe(1);
    expect(await saveCustomers([{ ...ada(), name: 'Ada Lovelace' }])).toBe(1);
    expect(await stored()).toEqual([['ada', 'Ada Lovelace', 'ada@example.com']]);
    expect(
      await saveCustomers([
        { ...ada(), name: 'Ada Lovelace' },
        { ...ada(), identifier: 'z' },
      ]),
    ).toBe(1);
  });

  it('takes the same identifier in two organizations as two customers, and none of an organization that is gone', async () => {
    const everywhere = [acme, other, uuidv7()].map((organizationId, n) => ({
      ...ada(),
      organizationId,
      name: `Ada ${n}`,
    }));
    expect(await saveCustomers(everywhere)).toBe(2);
    expect([await stored(acme), await stored(other)]).toEqual([[['ada', 'Ada 0', null]], [['ada', 'Ada 1', null]]]);
  });

  it('holds whatever characters come', async () => {
    await saveCustomers([{ ...ada(), identifier: 'a\0b', name: "O'Neil \0 \ud800 漢", email: '{"x"}' }]);
    expect(await stored()).toEqual([['a\ufffdb', "O'Neil \ufffd \ufffd 漢", '{"x"}']]);
  });
});

describe('noting', () => {
  const reports: string[] = [];
  beforeEach(() => void reports.splice(0));
  const notes = () => noteCustomers((message) => void reports.push(message), 60_000);

  it.each([
    [
      { customer_name: 'Ada', customer_email: 'a@b.c' },
      { name: 'Ada', email: 'a@b.c' },
    ],
    [{ customer_params: { name: 'Ada', email: 7 } }, { name: 'Ada', email: null }],
    [
      { customer_name: 'New', customer_params: { name: 'Old' } },
      { name: 'New', email: null },
    ],
    [{ group_identifier: 'g' }, null],
    [{ customer_name: '' }, null],
    [
      { customer_name: 'x'.repeat(256), customer_email: 'y'.repeat(255) },
      { name: null, email: 'y'.repeat(255) },
    ],
    ['nothing of ours', null],
  ])('%o says %o', (fields, said) => {
    expect(profileOf(record(fields as object))).toEqual(said && { organizationId: acme, identifier: 'ada', ...said });
    expect(profileOf(record(fields as object, { customerIdentifier: null }))).toBeNull();
  });

  it('puts the requests of a moment together, and writes a change once', async () => {
    const first = notes();
    first.note(record({ customer_name: 'Ada' }));
    first.note(record({ customer_email: 'ada@example.com' }));
    first.note(record({ customer_name: 'Ada L.' }));
    first.note(record({ customer_name: 'Grace' }, { customerIdentifier: 'grace' }));
    await first.close();
    expect(await stored()).toEqual([
      ['ada', 'Ada L.', 'ada@example.com'],
      ['grace', 'Grace', null],
    ]);
    await db().customer.updateMany({ data: { name: 'Changed by hand' } });
    first.note(record({ customer_name: 'Ada L.' }));
    await first.close();
    expect((await stored())[0]?.[1]).toBe('Changed by hand');
    first.note(record({ customer_name: 'Ada K.' }));
    await first.close();
    expect((await stored())[0]?.[1]).toBe('Ada K.');
  });

  it('takes identifiers that are one when they are stored as one, and holds nobody up', async () => {
    const together = notes();
    for (const customerIdentifier of ['x\0', 'x\ud800', 'x\ufffd', 'x'])
      together.note(record({ customer_name: `Known as ${customerIdentifier.length}` }, { customerIdentifier }));
    together.note(record({ customer_name: 'Grace' }, { customerIdentifier: 'grace', organizationId: other }));
    await together.close();
    expect(reports).toEqual([]);
    expect(await stored()).toEqual([
      ['x', 'Known as 1', null],
      ['x\ufffd', 'Known as 2', null],
    ]);
    expect(await stored(other)).toEqual([['grace', 'Grace', null]]);
  });

  it('is not closed before what is being saved is saved', async () => {
    const busy = noteCustomers((message) => void reports.push(message), 5);
    busy.note(record({ customer_name: 'Ada' }));
    await db().$transaction(async (locked) => {
      await locked.$executeRaw`LOCK TABLE "Customer" IN EXCLUSIVE MODE`;
      await new Promise((done) => setTimeout(done, 100));
      setTimeout(() => busy.note(record({ customer_name: 'Grace' }, { customerIdentifier: 'grace' })), 20);
      const closed = busy.close().then(() => 'closed');
      const first = await Promise.race([closed, new Promise((done) => setTimeout(done, 100, 'waiting'))]);
      expect(first).toBe('waiting');
    });
    await busy.close();
    expect([reports, (await stored()).map(([identifier]) => identifier)]).toEqual([[], ['ada', 'grace']]);
  });

  it('tries again what the database did not take', async () => {
    const again = notes();
    again.note(record({ customer_name: 'Ada', customer_email: 'ada@example.com' }));
    await execute(sql`ALTER TABLE "Customer" RENAME TO "Away"`);
    await again.close();
    await execute(sql`ALTER TABLE "Away" RENAME TO "Customer"`);
    expect([reports, await stored()]).toEqual([['Names of customers could not be saved'], []]);
    again.note(record({ customer_name: 'Ada L.' }));
    await again.close();
    expect(await stored()).toEqual([['ada', 'Ada L.', 'ada@example.com']]);
  });
});
