import { db } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import { clearSignInAttempts, takeSignInAttempt } from './attempts';
import { verifyPassword } from './password';
import { signInSchema } from './schema';

export interface SignedInUser {
  id: string;
  email: string;
  name: string;
}

/**
 * The user with this email and password. Unknown address and wrong password are one answer.
 * @throws AppError invalid_input with a message by field, unauthenticated, or rate_limited
 */
export async function checkCredentials(input: unknown, address: string): Promise<SignedInUser> {
  const parsed = signInSchema.safeParse(input);
  if (!parsed.success) {
    const fields: Record<string, string> = {};
    for (const { path, message } of parsed.error.issues) fields[String(path[0])] ??= message;
    throw new AppError('invalid_input', 'Enter your email address and password.', { fields });
  }
  const { email, password } = parsed.data;
  takeSignInAttempt(email, address);
  const found = await db().user.findUnique({
    where: { email },
    select: { id: true, email: true, name: true, passwordHash: true },
  });
  if (!(await verifyPassword(password, found?.passwordHash ?? null)) || !found) {
    throw new AppError('unauthenticated', 'Email and password don’t match an account here. Check both and try again.');
  }
  clearSignInAttempts(email, address);
  return { id: found.id, email: found.email, name: found.name };
}
