import { logFacets } from '@/lib/logs/facets';
import { logFilters } from '@/lib/logs/schema';
import { answer, queryOf } from '../../answer';

export function GET(request: Request): Promise<Response> {
  return answer((ctx) => logFacets(ctx, logFilters.parse(queryOf(request))));
}
