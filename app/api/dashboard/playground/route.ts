import { AppError } from '@/lib/errors';
import { playgroundKey } from '@/lib/keys/playground';
import { callGateway } from '@/lib/playground/run';
import { runRequest } from '@/lib/playground/schema';
import { answer } from '../answer';

export const dynamic = 'force-dynamic';

/** Runs a request of the playground and passes its answer on as it comes. */
export function POST(request: Request): Promise<Response> {
  return answer(async (ctx) => {
    const key = await playgroundKey(ctx);
    const run = runRequest.safeParse(await request.json().catch(() => null));
    if (!run.success) throw new AppError('invalid_input', run.error.issues[0]?.message ?? 'The request is not valid.');
    return callGateway(key, run.data, request.signal);
  });
}
