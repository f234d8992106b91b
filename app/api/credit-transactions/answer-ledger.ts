import { answerKey } from '@/app/api/answer-key';
import { queryOf } from '@/app/api/dashboard/answer';
import { getApiTransaction, ledgerParameters, listApiTransactions } from '@/lib/credits/api';

/** A page of the ledger of the key's organization. */
export function answerLedger(request: Request): Promise<Response> {
  return answerKey(request, async (ctx) => {
    const parameters = ledgerParameters.parse(queryOf(request));
    const { count, results, hasNext } = await listApiTransactions(ctx, parameters);
    const { page } = parameters;
    return {
      count,
      next: hasNext ? pageOf(request, page + 1) : null,
      previous: page > 1 ? pageOf(request, page - 1) : null,
      results,
    };
  });
}

/** One row of it. */
export async function answerTransaction(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  return answerKey(request, (ctx) => getApiTransaction(ctx, id));
}

/** Relative to the server, which may be known to the caller by another name. */
function pageOf(request: Request, page: number): string {
  const url = new URL(request.url);
  url.searchParams.set('page', String(page));
  return `${url.pathname}${url.search}`;
}
