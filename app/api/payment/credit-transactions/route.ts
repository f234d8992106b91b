import { answerLedger } from '@/app/api/credit-transactions/answer-ledger';

export const GET = answerLedger;
