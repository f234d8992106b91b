import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { queryRows, type Sql, sql } from '@/lib/db/sql';
import { AppError } from '@/lib/errors';
import { nanoUsdToNumber } from '@/lib/money/nano-usd';
import { CREDIT_TYPES } from './schema';

/** The ledger as programs read it, with the field names of the compatible API. */

export const ledgerParameters = z.object({
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  page_size: z.coerce.number().int().min(1).max(1000).default(100),
  transaction_type: z.enum(CREDIT_TYPES).optional(),
});

/** A row of the ledger, as it is answered. Amounts are dollars. */
export const apiCreditTransaction = z.object({
  id: z.string(),
  organization_subscription: z.string(),
  unique_organization_id: z.string(),
  amount: z.number(),
  transaction_type: z.enum(CREDIT_TYPES),
  created_at: z.string(),
  expires_at: z.string().nullable(),
  description: z.string(),
  stripe_payment_intent_id: z.string().nullable(),
  metadata: z.record(z.string(), z.unknown()),
});
export type ApiCreditTransaction = z.infer<typeof apiCreditTransaction>;

const row = z
  .object({
    id: z.uuid(),
    organizationId: z.uuid(),
    type: z.enum(CREDIT_TYPES),
    amount: z.string().transform((text) => nanoUsdToNumber(BigInt(text))),
    description: z.string(),
    createdAt: z.date(),
    expiresAt: z.date().nullable(),
    logId: z.uuid().nullable(),
    stripePaymentIntentId: z.string().nullable(),
    metadata: z.record(z.string(), z.unknown()).nullable(),
  })
  .transform(
    (entry): ApiCreditTransaction => ({
      id: `ct_${entry.id}`,
      organization_subscription: entry.organizationId,
      unique_organization_id: entry.organizationId,
      amount: entry.amount,
      transaction_type: entry.type,
      created_at: entry.createdAt.toISOString(),
      expires_at: entry.expiresAt?.toISOString() ?? null,
      description: entry.description,
      stripe_payment_intent_id: entry.stripePaymentIntentId,
      metadata: entry.logId ? { ...entry.metadata, log_id: entry.logId } : (entry.metadata ?? {}),
    }),
  );

const COLUMNS = sql`"id", "organizationId", "type", "amountNanoUsd"::text AS "amount", "description", "createdAt", "expiresAt",
  "logId", "stripePaymentIntentId", "metadata"`;

/** A page of the ledger, newest first, and the number of rows in all. */
export async function listApiTransactions(
  { organizationId }: Context,
  { page, page_size, transaction_type }: z.output<typeof ledgerParameters>,
): Promise<{ count: number; results: ApiCreditTransaction[]; hasNext: boolean }> {
  const where = ofType(organizationId, transaction_type);
  const [[total], results] = await Promise.all([
    queryRows(
      sql`SELECT count(*)::int AS "count" FROM "CreditTransaction" WHERE ${where}`,
      z.object({ count: z.number() }),
    ),
    queryRows(
      sql`SELECT ${COLUMNS} FROM "CreditTransaction" WHERE ${where}
          ORDER BY "id" DESC LIMIT ${page_size} OFFSET ${(page - 1) * page_size}`,
      row,
    ),
  ]);
  const count = total?.count ?? 0;
  return { count, results, hasNext: page * page_size < count };
}

function ofType(organizationId: string, type: string | undefined): Sql {
  return type
    ? sql`"organizationId" = ${organizationId}::uuid AND "type" = ${type}`
    : sql`"organizationId" = ${organizationId}::uuid`;
}

/** @param name its id, with or without "ct_" @throws AppError not_found where there is none, or it is another organization's */
export async function getApiTransaction({ organizationId }: Context, name: string): Promise<ApiCreditTransaction> {
  const id = z.guid().safeParse(name.replace(/^ct_/, ''));
  const [found] = id.success
    ? await queryRows(
        sql`SELECT ${COLUMNS} FROM "CreditTransaction"
            WHERE "organizationId" = ${organizationId}::uuid AND "id" = ${id.data}::uuid`,
        row,
      )
    : [];
  if (!found) throw new AppError('not_found', 'Credit transaction not found');
  return found;
}
