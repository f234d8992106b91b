import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { queryRows, sql } from '@/lib/db/sql';
import { nanoUsdToDecimal } from '@/lib/money/nano-usd';

const PAGE = 2000;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';
const HEADER = 'created_at,id,type,amount_usd,balance_usd,description,expires_at,log_id\r\n';

const bigText = z.string().transform(BigInt);
const exportRow = z.object({
  id: z.uuid(),
  type: z.string(),
  amount: bigText,
  description: z.string(),
  createdAt: z.date(),
  expiresAt: z.date().nullable(),
  logId: z.uuid().nullable(),
});

/** The whole ledger as CSV, oldest first, with the balance after each row. A piece at a time: it can have a row for each call. */
export async function* ledgerCsv({ organizationId }: Context): AsyncGenerator<string> {
  yield HEADER;
  let after = FIRST_ID;
  let balance = 0n;
  for (;;) {
    const rows = await queryRows(
      sql`SELECT "id", "type", "amountNanoUsd"::text AS "amount", "description", "createdAt", "expiresAt", "logId"
          FROM "CreditTransaction" WHERE "organizationId" = ${organizationId}::uuid AND "id" > ${after}::uuid
          ORDER BY "id" LIMIT ${PAGE}`,
      exportRow,
    );
    let text = '';
    for (const row of rows) {
      balance += row.amount;
      text += `${lineOf(row, balance)}\r\n`;
      after = row.id;
    }
    if (text) yield text;
    if (rows.length < PAGE) return;
  }
}

function lineOf(row: z.infer<typeof exportRow>, balance: bigint): string {
  return [
    row.createdAt.toISOString(),
    `ct_${row.id}`,
    row.type,
    nanoUsdToDecimal(row.amount),
    nanoUsdToDecimal(balance),
    quoted(row.description),
    row.expiresAt?.toISOString() ?? '',
    row.logId ?? '',
  ].join(',');
}

/** A text that a spreadsheet would take for a formula is marked as text. */
function quoted(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
