import { listViews, saveView } from '@/lib/logs/saved-views';
import { newView } from '@/lib/logs/schema';
import { answer, jsonOf } from '../../answer';

export function GET(): Promise<Response> {
  return answer(listViews);
}

export function POST(request: Request): Promise<Response> {
  return answer(async (ctx) => saveView(ctx, await jsonOf(request, newView)));
}
