import { answerKey, jsonBody } from '@/app/api/answer-key';
import { queryOf } from '@/app/api/dashboard/answer';
import { logQueryOf } from '@/lib/logs/api/list';
import { filtersOf, listBody, listParameters } from '@/lib/logs/api/schema';
import { listThreads } from '@/lib/logs/api/threads';
import { facets } from '@/lib/logs/filters/facets';

function answerThreads(request: Request): Promise<Response> {
  return answerKey(request, async (ctx, { environment }) => {
    const parameters = listParameters.parse(queryOf(request));
    const body = listBody.parse(request.method === 'POST' ? await jsonBody(request) : {});
    const filters = filtersOf(body, new URL(request.url).searchParams);
    const query = logQueryOf(parameters, filters, environment, new Date());
    const [results, found] = await Promise.all([
      listThreads(ctx, query, parameters),
      parameters.fetch_filters ? facets(ctx, query, ['model', 'customer_identifier', 'organization_key_id']) : [],
    ]);
    return { results, filters_data: Object.fromEntries(found.map(({ field, values }) => [field, values])) };
  });
}

export const GET = answerThreads;
export const POST = answerThreads;
