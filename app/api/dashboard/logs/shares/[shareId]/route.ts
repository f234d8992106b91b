import { answer } from '@/app/api/dashboard/answer';
import { AppError } from '@/lib/errors';
import { logShare } from '@/lib/logs/schema';
import { revokeShare } from '@/lib/logs/shares';

interface ShareRouteProps {
  params: Promise<{ shareId: string }>;
}

export async function DELETE(_request: Request, { params }: ShareRouteProps): Promise<Response> {
  const id = logShare.shape.id.safeParse((await params).shareId);
  return answer(async (ctx) => {
    if (!id.success) throw new AppError('not_found', 'There is no such link.');
    await revokeShare(ctx, id.data);
    return null;
  });
}
