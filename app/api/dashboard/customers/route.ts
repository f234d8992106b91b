import { dashboardFilters, timeZone } from '@/lib/analytics/schema';
import { topCustomers } from '@/lib/analytics/top-customers';
import { answer, queryOf } from '../answer';

export function GET(request: Request): Promise<Response> {
  const query = queryOf(request);
  return answer((ctx) =>
    topCustomers(ctx, { ...dashboardFilters.parse(query), timeZone: timeZone.parse(query.timeZone) }),
  );
}
