import { answerText } from '@/app/docs/answer-text';
import { docsPages } from '@/app/docs/library';
import { publicOrigin } from '@/app/origin';
import { llmsFull } from '@/lib/docs/llms';

export async function GET(): Promise<Response> {
  return answerText(llmsFull(await docsPages(), await publicOrigin()));
}
