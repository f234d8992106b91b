import { answer, jsonOf } from '@/app/api/dashboard/answer';
import { giveFeedback } from '@/lib/logs/feedback';
import { logFeedback } from '@/lib/logs/schema';

interface FeedbackRouteProps {
  params: Promise<{ logId: string }>;
}

export async function PUT(request: Request, { params }: FeedbackRouteProps): Promise<Response> {
  const { logId } = await params;
  return answer(async (ctx) => {
    const feedback = await jsonOf(request, logFeedback);
    await giveFeedback(ctx, logId, feedback);
    return feedback;
  });
}
