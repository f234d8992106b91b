import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { brandContext, type Context } from '@/lib/auth/context';
import { pool } from '@/lib/db/client';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { inTransaction } from '@/lib/db/transaction';
import { provideEnv } from '@/lib/env';
import { nanoUsdFromDecimal } from '@/lib/money/nano-usd';
import { ensureInitialAccount } from '@/lib/organizations/initial-account';
import { createAccount } from '@/lib/organizations/mutations';
import { runAdmin } from './admin-command';
import { appendCredit, type CreditEntry } from './append';
import { debitUsage } from './debit';
import { expireAllCredits, expireCredits } from './lots';
import { getCredits, listLedger, usageByDay } from './queries';
import { ledgerOf } from './testing';

let database: TestDatabase;
let organizationId: string;
let ctx: Context;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(() => {
  organizationId = uuidv7();
  ctx = brandContext({ organizationId, userId: null, role: 'owner' });
});

const usd = nanoUsdFromDecimal;
const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS);

function append(amount: string, more: Partial<CreditEntry> = {}) {
  const entry: CreditEntry = {
    organizationId,
    type: 'grant',
    amountNanoUsd: usd(amount),
    description: 'A gift',
    ...more,
  };
  return inTransaction((on) => appendCredit(entry, on));
}

function spend(amount: string, on = organizationId) {
  const debit = { organizationId: on, logId: uuidv7(), costNanoUsd: usd(amount), description: 'claude' };
  return inTransaction((client) => debitUsage([debit], client));
}

async function expiring(): Promise<string> {
  return (await getCredits(ctx)).expiringNanoUsd;
}

describe('the ledger', () => {
  test('its sum is the balance, and a reference is entered once', async () => {
    await append('10', { type: 'purchase' });
    await append('5', { reference: 'sign-up' });
    expect(await append('5', { reference: 'sign-up' })).toMatchObject({ isNew: false });
    await append('-2.5', { type: 'refund' });
    await spend('0.000000001');
    const expected = usd('12.499999999');
    expect(await ledgerOf(organizationId)).toMatchObject({ balance: expected, sum: expected, entries: 4 });
  });

  test('two that enter one reference at once enter it once', async () => {
    await Promise.all(Array.from({ length: 8 }, () => append('5', { reference: 'once' })));
    expect(await ledgerOf(organizationId)).toMatchObject({ balance: usd('5'), sum: usd('5'), entries: 1 });
  });

  test('tells what was left after each row, page by page', async () => {
    for (const amount of ['1', '2', '3', '4', '5']) await append(amount);
    const first = await listLedger(ctx, { limit: 2 });
    expect(first.entries.map(({ balanceNanoUsd }) => balanceNanoUsd)).toEqual([String(usd('15')), String(usd('10'))]);
    const second = await listLedger(ctx, { limit: 2, before: first.before });
    expect(second.entries.map(({ balanceNanoUsd }) => balanceNanoUsd)).toEqual([String(usd('6')), String(usd('3'))]);
    const last = await listLedger(ctx, { limit: 2, before: second.before });
    expect(last).toMatchObject({ entries: [{ balanceNanoUsd: String(usd('1')) }], before: null });
    const other = brandContext({ organizationId: uuidv7(), userId: null, role: 'owner' });
    expect(await listLedger(other, { before: first.before })).toEqual({ entries: [], before: null });
    expect(await getCredits(other)).toMatchObject({ balanceNanoUsd: '0', hasHistory: false });
  });

  test('sums what calls took by day of the time zone', async () => {
    await append('10');
    await spend('1.5');
    await spend('0.5');
    const days = await usageByDay(ctx, { days: 3, timeZone: 'Pacific/Auckland' });
    expect(days).toHaveLength(3);
    expect(days.map(({ calls, usedNanoUsd }) => ({ calls, usedNanoUsd }))).toEqual([
      { calls: 0, usedNanoUsd: '0' },
      { calls: 0, usedNanoUsd: '0' },
      { calls: 2, usedNanoUsd: String(usd('2')) },
    ]);
  });
});

describe('credits that expire', () => {
  test('are used first, the earliest before the others', async () => {
    await append('10');
    await append('2', { expiresAt: inDays(30) });
    await append('1', { expiresAt: inDays(2) });
    expect(await expiring()).toBe(String(usd('3')));
    await spend('1.5');
    expect(await expiring()).toBe(String(usd('1.5')));
    expect(await expireCredits(organizationId, inDays(3))).toBe(0n);
    await spend('4');
    expect(await expiring()).toBe('0');
    expect(await expireCredits(organizationId, inDays(31))).toBe(0n);
    expect((await ledgerOf(organizationId)).balance).toBe(usd('7.5'));
  });

  test('become a row of the ledger with what was left of them', async () => {
    await append('10');
    await append('2', { expiresAt: inDays(5), description: 'November bonus' });
    await spend('0.5');
    await expireAllCredits(inDays(6));
    await expireAllCredits(inDays(6));
    const { entries } = await listLedger(ctx);
    expect(entries[0]).toMatchObject({
      type: 'adjustment',
      amountNanoUsd: String(-usd('1.5')),
      description: 'Expired: November bonus',
    });
    expect(await ledgerOf(organizationId)).toMatchObject({ balance: usd('10'), sum: usd('10'), entries: 4 });
  });

  test('that pay a debt have that much less to expire', async () => {
    await spend('5');
    await append('3', { expiresAt: inDays(5) });
    expect(await expiring()).toBe('0');
    await append('10', { expiresAt: inDays(5) });
    expect(await expiring()).toBe(String(usd('8')));
    await append('20');
    expect(await expireCredits(organizationId, inDays(6))).toBe(usd('8'));
    expect((await ledgerOf(organizationId)).balance).toBe(usd('20'));
  });

  test('stay with the calls that hold them until those are over', async () => {
    await append('1', { expiresAt: inDays(1) });
    await append('3');
    await pool().query(`INSERT INTO "CreditReservation" VALUES ($1, $2, 600000000, now() + interval '1 minute')`, [
      organizationId,
      organizationId,
    ]);
    await pool().query('UPDATE "CreditBalance" SET "reservedNanoUsd" = 600000000 WHERE "organizationId" = $1', [
      organizationId,
    ]);
    expect(await expireCredits(organizationId, inDays(2))).toBe(usd('0.4'));
    await inTransaction((on) =>
      debitUsage([{ organizationId, logId: organizationId, costNanoUsd: usd('0.5'), description: 'm' }], on),
    );
    expect(await expireCredits(organizationId, inDays(2))).toBe(usd('0.1'));
    expect(await ledgerOf(organizationId)).toMatchObject({ balance: usd('3'), sum: usd('3'), reserved: 0n });
  });
});

describe('credits to begin with', () => {
  test('are given once to an account that signs up, and to the one that is made at start', async () => {
    provideEnv({ SIGNUP_CREDIT_USD: '2.50' });
    const account = await createAccount({ email: 'ada@example.com', password: 'correct horse battery' });
    const wanted = { email: 'init@example.com', password: 'correct horse battery' };
    const made = await ensureInitialAccount(wanted);
    await ensureInitialAccount(wanted);
    for (const one of [account, made]) {
      expect(await ledgerOf(one.organizationId)).toMatchObject({ balance: usd('2.5'), sum: usd('2.5'), entries: 1 });
    }
  });

  test('are not given where none are configured', async () => {
    provideEnv({ SIGNUP_CREDIT_USD: '' });
    const account = await createAccount({ email: 'none@example.com', password: 'correct horse battery' });
    expect(await ledgerOf(account.organizationId)).toMatchObject({ entries: 0 });
  });
});

describe('the command line', () => {
  const grant = (...args: string[]) => runAdmin(['grant', ...args]);

  test('grants credits, and takes them back', async () => {
    const account = await createAccount({ email: 'grace@example.com', password: 'correct horse battery' });
    const given = await grant(
      '--email',
      'Grace@example.com',
      '--usd',
      '25',
      '--note',
      'Pilot',
      '--expires',
      '2999-01-31',
    );
    expect(given.text).toBe('$25.00 for Grace’s team (grace@example.com). Its balance is $25.00.');
    expect((await grant('--email', 'grace@example.com', '--usd', '-5', '--note', 'Mistake')).ok).toBe(true);
    expect((await ledgerOf(account.organizationId)).balance).toBe(usd('20'));
  });

  test('says what is missing or unknown, and enters nothing', async () => {
    const unknown = await grant('--email', 'nobody@example.com', '--usd', '25', '--note', 'x');
    expect(unknown).toEqual({ ok: false, text: 'No account has the address nobody@example.com.' });
    const missing = await grant('--email', 'grace@example.com', '--usd', '1.234');
    expect(missing.ok).toBe(false);
    expect(missing.text).toMatch(/--usd: Enter an amount in dollars.*--note: Say what it is for\..*Usage:/s);
    const badDay = await grant('--email', 'grace@example.com', '--usd', '1', '--note', 'x', '--expires', 'soon');
    expect(badDay.text).toContain('--expires: Enter a day as 2027-01-31.');
    expect((await runAdmin(['grant', '--nothing'])).text).toContain('Usage:');
    expect((await runAdmin([])).text).toContain('Usage:');
  });
});
