import { answerKey, jsonBody } from '@/app/api/answer-key';
import { queryOf } from '@/app/api/dashboard/answer';
import { logQueryOf } from '@/lib/logs/api/list';
import { filtersOf, listBody, listParameters } from '@/lib/logs/api/schema';
import { summarizeLogs } from '@/lib/logs/api/summary';

function answerSummary(request: Request): Promise<Response> {
  return answerKey(request, async (ctx, { environment }) => {
    const parameters = listParameters.parse(queryOf(request));
    const body = listBody.parse(request.method === 'POST' ? await jsonBody(request) : {});
    const filters = filtersOf(body, new URL(request.url).searchParams);
    return summarizeLogs(ctx, logQueryOf(parameters, filters, environment, new Date()));
  });
}

export const GET = answerSummary;
export const POST = answerSummary;
