import { answerMcp, refuseSessionEnd, refuseStream, rpcError } from '@/app/mcp/answer-mcp';
import { requireApiKey } from '@/lib/auth/guards';
import { toAppError } from '@/lib/errors';
import { platformServer } from './platform';

/** The organization of the API key, for agents. */
export async function POST(request: Request): Promise<Response> {
  const caller = await requireApiKey(request).catch((error: unknown) => toAppError(error));
  if (!('ctx' in caller)) {
    if (caller.code === 'unauthenticated')
      return rpcError(401, -32001, caller.message, { 'www-authenticate': 'Bearer realm="respan"' });
    console.error('An MCP request failed:', caller.cause);
    return rpcError(caller.status, -32603, caller.message);
  }
  const named = request.headers.get('respan-enabled-tools');
  const enabled = named === null ? null : new Set(named.split(',').map((name) => name.trim()));
  return answerMcp(request, async () =>
    platformServer({ ctx: caller.ctx, environment: caller.key.environment, enabled }),
  );
}

export const GET = refuseStream;
export const DELETE = refuseSessionEnd;
