import { answer } from '@/app/api/dashboard/answer';
import { AppError } from '@/lib/errors';
import { deleteView } from '@/lib/logs/saved-views';
import { savedView } from '@/lib/logs/schema';

interface ViewRouteProps {
  params: Promise<{ viewId: string }>;
}

export async function DELETE(_request: Request, { params }: ViewRouteProps): Promise<Response> {
  const id = savedView.shape.id.safeParse((await params).viewId);
  return answer(async (ctx) => {
    if (!id.success) throw new AppError('not_found', 'There is no such view.');
    await deleteView(ctx, id.data);
    return null;
  });
}
