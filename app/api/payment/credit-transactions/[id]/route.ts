import { answerTransaction } from '@/app/api/credit-transactions/answer-ledger';

export const GET = answerTransaction;
