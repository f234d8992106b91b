import { answer } from '@/app/api/dashboard/answer';
import { viewLog } from '@/lib/logs/view';

interface LogRouteProps {
  params: Promise<{ logId: string }>;
}

export async function GET(_request: Request, { params }: LogRouteProps): Promise<Response> {
  const { logId } = await params;
  return answer((ctx) => viewLog(ctx, logId));
}
