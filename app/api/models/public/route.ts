import { publicModels } from '@/lib/models/queries';

/** The catalogue, for anybody. */
export function GET(): Response {
  return Response.json({ models: publicModels() }, { headers: { 'cache-control': 'public, max-age=300' } });
}

// Prices change by date.
export const dynamic = 'force-dynamic';
