import { overview } from '@/lib/analytics/overview';
import { dashboardFilters, timeZone } from '@/lib/analytics/schema';
import { answer, queryOf } from '../answer';

export function GET(request: Request): Promise<Response> {
  const query = queryOf(request);
  return answer((ctx) => overview(ctx, { ...dashboardFilters.parse(query), timeZone: timeZone.parse(query.timeZone) }));
}
