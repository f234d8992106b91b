import { answerList } from './answer-list';

/** A POST here creates a log, and is answered by the gateway. */
export const GET = answerList;
