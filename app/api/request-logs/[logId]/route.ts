import { answerKey, jsonBody } from '@/app/api/answer-key';
import { changeLog, deleteLog } from '@/lib/logs/api/change';
import { getApiLog } from '@/lib/logs/api/read';
import { logChanges } from '@/lib/logs/api/schema';

interface LogRouteProps {
  params: Promise<{ logId: string }>;
}

export async function GET(request: Request, { params }: LogRouteProps): Promise<Response> {
  const { logId } = await params;
  return answerKey(request, (ctx) => getApiLog(ctx, logId));
}

export async function PATCH(request: Request, { params }: LogRouteProps): Promise<Response> {
  const { logId } = await params;
  return answerKey(request, async (ctx) => {
    await changeLog(ctx, logId, logChanges.parse(await jsonBody(request)));
    return getApiLog(ctx, logId);
  });
}

export async function DELETE(request: Request, { params }: LogRouteProps): Promise<Response> {
  const { logId } = await params;
  return answerKey(request, async (ctx) => {
    await deleteLog(ctx, logId);
    return new Response(null, { status: 204 });
  });
}
