import { liveStream } from '@/lib/logs/live-stream';
import { answer } from '../../answer';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return answer(async (ctx) => {
    // no-transform keeps compression from holding events back.
    const headers = { 'content-type': 'text/event-stream', 'cache-control': 'private, no-store, no-transform' };
    return new Response(await liveStream(ctx, request.signal), { headers });
  });
}
