import { answerKey } from '@/app/api/answer-key';
import { queryOf } from '@/app/api/dashboard/answer';
import { listUsers } from '@/lib/customers/users';
import { usersParameters } from '@/lib/customers/users-schema';

function answerUsers(request: Request): Promise<Response> {
  return answerKey(request, (ctx, { environment }) =>
    listUsers(ctx, usersParameters.parse(queryOf(request)), environment),
  );
}

export const GET = answerUsers;
export const POST = answerUsers;
