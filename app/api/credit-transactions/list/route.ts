import { answerLedger } from '../answer-ledger';

export const GET = answerLedger;
