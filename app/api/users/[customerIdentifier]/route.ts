import { answerKey, jsonBody } from '@/app/api/answer-key';
import { changeUser, getUser } from '@/lib/customers/users';
import { userChanges } from '@/lib/customers/users-schema';

interface UserRouteProps {
  params: Promise<{ customerIdentifier: string }>;
}

export async function GET(request: Request, { params }: UserRouteProps): Promise<Response> {
  const { customerIdentifier } = await params;
  return answerKey(request, (ctx) => getUser(ctx, customerIdentifier));
}

export async function PATCH(request: Request, { params }: UserRouteProps): Promise<Response> {
  const { customerIdentifier } = await params;
  return answerKey(request, async (ctx) =>
    changeUser(ctx, customerIdentifier, userChanges.parse(await jsonBody(request))),
  );
}
