import { MEBIBYTE } from '@/app/read-text';
import { playgroundKey } from '@/lib/keys/playground';
import { callGateway } from '@/lib/playground/run';
import { runRequest } from '@/lib/playground/schema';
import { answer, jsonOf } from '../answer';

export const dynamic = 'force-dynamic';

/** A request may carry images and documents. */
const MAX_RUN_BYTES = 24 * MEBIBYTE;

/** Runs a request of the playground and passes its answer on as it comes. */
export function POST(request: Request): Promise<Response> {
  return answer(async (ctx) => {
    const key = await playgroundKey(ctx);
    return callGateway(key, await jsonOf(request, runRequest, MAX_RUN_BYTES), request.signal);
  });
}
