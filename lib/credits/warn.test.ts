import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type MailServer, startMailServer } from '@/lib/alerts/testing.receivers';
import { brandContext } from '@/lib/auth/context';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { inTransaction } from '@/lib/db/transaction';
import { provideEnv } from '@/lib/env';
import { nanoUsdFromDecimal } from '@/lib/money/nano-usd';
import { createAccount } from '@/lib/organizations/mutations';
import { appendCredit } from './append';
import { ledgerCsv } from './export';
import { warningSchema } from './schema';
import { saveWarning } from './settings';
import { warnLowBalances } from './warn';

let database: TestDatabase;
let mail: MailServer;
beforeAll(async () => {
  database = await createTestDatabase();
  mail = await startMailServer();
});
afterAll(async () => {
  await mail.close();
  await database.drop();
});

async function account(email: string) {
  const { organizationId, userId } = await createAccount({ email, password: 'correct horse battery' });
  const append = (amount: string, description = 'Pilot') => {
    const entry = { organizationId, type: 'grant', amountNanoUsd: nanoUsdFromDecimal(amount), description } as const;
    return inTransaction((on) => appendCredit(entry, on));
  };
  return { ctx: brandContext({ organizationId, userId, role: 'owner' }), append };
}

test('owners are told once when little is left, and again after there was more', async () => {
  const { ctx, append } = await account('ada@example.com');
  const reports: string[] = [];
  const watch = () => warnLowBalances((message) => reports.push(message));
  await append('3');
  await saveWarning(ctx, { warnBelowUsd: '5' });
  provideEnv({ SMTP_URL: '', APP_URL: 'http://respan.test' });
  await watch();
  expect(mail.mails).toHaveLength(0);
  provideEnv({ SMTP_URL: mail.url });
  await Promise.all([watch(), watch(), watch()]);
  await watch();
  expect(mail.mails).toMatchObject([{ to: expect.stringContaining('ada@example.com') }]);
  expect(mail.mails[0]?.text).toContain('$3.00');
  expect(mail.mails[0]?.text).toContain('/settings/credits');
  await append('10');
  await watch();
  await append('-10');
  await watch();
  expect(mail.mails).toHaveLength(2);
  await saveWarning(ctx, warningSchema.parse({ warnBelowUsd: '' }));
  await watch();
  expect([mail.mails.length, reports]).toEqual([2, []]);
});

test('the ledger as CSV has the balance after each row, and no formulas', async () => {
  const { ctx, append } = await account('grace@example.com');
  await append('1.5');
  await append('-0.25', '=HYPERLINK("http://x"), "quoted"');
  let csv = '';
  for await (const piece of ledgerCsv(ctx)) csv += piece;
  const [header, first, second, end] = csv.split('\r\n');
  expect(header).toBe('created_at,id,type,amount_usd,balance_usd,description,expires_at,log_id');
  expect(first).toMatch(/Z,ct_[0-9a-f-]{36},grant,1\.5,1\.5,"Pilot",,$/);
  expect(second).toContain(`-0.25,1.25,"'=HYPERLINK(""http://x""), ""quoted""",,`);
  expect(end).toBe('');
  const other = brandContext({ organizationId: uuidv7(), userId: null, role: 'owner' });
  for await (const piece of ledgerCsv(other)) expect(piece.trim()).toBe(header);
});
