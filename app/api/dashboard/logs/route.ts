import { listLogs } from '@/lib/logs/queries';
import { logFilters } from '@/lib/logs/schema';
import { answer, queryOf } from '../answer';

export function GET(request: Request): Promise<Response> {
  return answer((ctx) => listLogs(ctx, logFilters.parse(queryOf(request))));
}
