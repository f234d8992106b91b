import { logFacets } from '@/lib/logs/facets';
import { isFilterField } from '@/lib/logs/filters/schema';
import { logFilters } from '@/lib/logs/schema';
import { answer, queryOf } from '../../answer';

/** The values of the fields in `fields`, separated by commas, with counts. */
export function GET(request: Request): Promise<Response> {
  const query = queryOf(request);
  const fields = (query.fields ?? '').split(',').filter(isFilterField).slice(0, 20);
  return answer((ctx) => logFacets(ctx, logFilters.parse(query), fields));
}
