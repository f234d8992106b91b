import { exportLogs } from '@/lib/logs/export';
import { logFilters } from '@/lib/logs/schema';
import { answer, queryOf } from '../../answer';

const TYPES = { csv: 'text/csv; charset=utf-8', jsonl: 'application/x-ndjson; charset=utf-8' };

/** The logs of an address as a file: `?format=csv` or `jsonl`, and the filters of the log page. */
export function GET(request: Request): Promise<Response> {
  const query = queryOf(request);
  const format = query.format === 'jsonl' ? 'jsonl' : 'csv';
  return answer(async (ctx) => {
    const { count, body } = await exportLogs(ctx, logFilters.parse(query), format);
    return new Response(body, {
      headers: {
        'content-type': TYPES[format],
        'content-disposition': `attachment; filename="logs.${format}"`,
        'cache-control': 'private, no-store, no-transform',
        ...(count === null ? {} : { 'x-log-count': String(count) }),
      },
    });
  });
}
