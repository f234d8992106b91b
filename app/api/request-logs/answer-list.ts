import { answerKey, jsonBody } from '@/app/api/answer-key';
import { queryOf } from '@/app/api/dashboard/answer';
import { listApiLogs } from '@/lib/logs/api/list';
import { filtersOf, listBody, listParameters } from '@/lib/logs/api/schema';

/** A page of logs. The parameters are in the address, filters there and in the body. */
export function answerList(request: Request): Promise<Response> {
  return answerKey(request, async (ctx, { environment }) => {
    const parameters = listParameters.parse(queryOf(request));
    const body = listBody.parse(request.method === 'POST' ? await jsonBody(request) : {});
    const filters = filtersOf(body, new URL(request.url).searchParams);
    const list = await listApiLogs(ctx, parameters, filters, environment);
    return { ...list, next: linkTo(request, list.next), previous: linkTo(request, list.previous) };
  });
}

/** The same address with other parameters. Relative to the server, which may be known to the caller by another name. */
function linkTo(request: Request, changed: Readonly<Record<string, string>> | null): string | null {
  if (!changed) return null;
  const url = new URL(request.url);
  url.searchParams.delete('cursor');
  for (const [name, value] of Object.entries(changed)) url.searchParams.set(name, value);
  return `${url.pathname}${url.search}`;
}
