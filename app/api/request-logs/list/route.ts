import { answerList } from '../answer-list';

export const GET = answerList;
export const POST = answerList;
