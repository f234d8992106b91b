import { docsPages } from '@/app/docs/library';
import { answerMcp, refuseSessionEnd, refuseStream } from '@/app/mcp/answer-mcp';
import { publicOrigin } from '@/app/origin';
import { docsServer } from '@/lib/docs/mcp';

export function POST(request: Request): Promise<Response> {
  return answerMcp(request, async () => docsServer(await docsPages(), await publicOrigin()));
}

export const GET = refuseStream;
export const DELETE = refuseSessionEnd;
