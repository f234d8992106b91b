import { answerTransaction } from '../answer-ledger';

export const GET = answerTransaction;
