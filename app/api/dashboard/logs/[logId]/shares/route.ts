import { z } from 'zod';
import { answer, jsonOf } from '@/app/api/dashboard/answer';
import { SHARE_DAYS } from '@/lib/logs/schema';
import { listShares, shareLog } from '@/lib/logs/shares';

interface SharesRouteProps {
  params: Promise<{ logId: string }>;
}

const wish = z.object({ days: z.literal(SHARE_DAYS) });

export async function GET(_request: Request, { params }: SharesRouteProps): Promise<Response> {
  const { logId } = await params;
  return answer((ctx) => listShares(ctx, logId));
}

export async function POST(request: Request, { params }: SharesRouteProps): Promise<Response> {
  const { logId } = await params;
  return answer(async (ctx) => shareLog(ctx, logId, (await jsonOf(request, wish)).days));
}
