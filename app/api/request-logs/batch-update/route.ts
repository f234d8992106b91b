import { answerKey, jsonBody } from '@/app/api/answer-key';
import { changeLogs } from '@/lib/logs/api/change';
import { batchUpdate } from '@/lib/logs/api/schema';

export function PATCH(request: Request): Promise<Response> {
  return answerKey(request, async (ctx) => changeLogs(ctx, batchUpdate.parse(await jsonBody(request)).logs));
}
