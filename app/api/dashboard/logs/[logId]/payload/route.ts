import { answer, queryOf } from '@/app/api/dashboard/answer';
import { AppError } from '@/lib/errors';
import { getPayload } from '@/lib/logs/payloads';

interface PayloadRouteProps {
  params: Promise<{ logId: string }>;
}

/** One body of a log, whole, as a file: `?part=request` or `?part=response`. */
export async function GET(request: Request, { params }: PayloadRouteProps): Promise<Response> {
  const { logId } = await params;
  const part = queryOf(request).part === 'response' ? 'response' : 'request';
  return answer(async (ctx) => {
    const body = (await getPayload(ctx, logId))?.[part];
    if (!body) throw new AppError('not_found', `No ${part} is kept for this log.`);
    // Plain text and a download, so that no browser takes a stranger's HTML for a page of ours.
    return new Response(body, {
      headers: {
        'content-type': 'text/plain; charset=utf-8',
        'content-disposition': `attachment; filename="${part}-${logId.slice(0, 36).replace(/[^0-9a-f-]/gi, '')}.txt"`,
      },
    });
  });
}
