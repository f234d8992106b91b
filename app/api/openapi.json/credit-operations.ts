import { z } from 'zod';
import { apiCreditTransaction, ledgerParameters } from '@/lib/credits/api';
import type { Operation } from './operation';

const page = z.object({
  count: z.number().int(),
  next: z.string().nullable(),
  previous: z.string().nullable(),
  results: z.array(apiCreditTransaction),
});
const listing = { method: 'get', tag: 'Credits', summary: 'List the ledger', query: ledgerParameters } as const;
const reading = { method: 'get', tag: 'Credits', summary: 'Get a row of the ledger' } as const;

/** The ledger, at each of the addresses it is documented under. */
export const CREDIT_OPERATIONS: readonly Operation[] = [
  ...['/api/credit-transactions', '/api/credit-transactions/list', '/api/payment/credit-transactions'].map(
    (path): Operation => ({ ...listing, path, answer: page, errors: [422] }),
  ),
  ...['/api/credit-transactions/{id}', '/api/payment/credit-transactions/{id}'].map(
    (path): Operation => ({ ...reading, path, answer: apiCreditTransaction, errors: [404] }),
  ),
];
