import { cookies } from 'next/headers';
import { encode } from 'next-auth/jwt';
import { getServerSession } from 'next-auth/next';
import { z } from 'zod';
import { authOptions, authSecret, SESSION_MAX_AGE_SECONDS, usesHttps } from './config';
import type { SignedInUser } from './credentials';

const sessionSchema = z.object({ userId: z.uuid() });

/** The id of the user whose session cookie came along, if it is valid. Whether they still exist is for the database to say. */
export async function readSessionUserId(): Promise<string | null> {
  // First of all, so that the build knows the page as a dynamic one before anything asks for the secret it does not have.
  await cookies();
  const session = sessionSchema.safeParse(await getServerSession(authOptions()));
  return session.success ? session.data.userId : null;
}

/** Signs a user in from a server action: the cookie next-auth would have set, so that sign-in needs no script in the browser. */
export async function startSession(user: SignedInUser): Promise<void> {
  const token = await encode({
    token: { sub: user.id, email: user.email, name: user.name },
    secret: authSecret(),
    maxAge: SESSION_MAX_AGE_SECONDS,
  });
  const jar = await cookies();
  jar.set(sessionCookieName(), token, {
    httpOnly: true,
    sameSite: 'lax',
    secure: usesHttps(),
    path: '/',
    maxAge: SESSION_MAX_AGE_SECONDS,
  });
}

export async function endSession(): Promise<void> {
  const jar = await cookies();
  jar.set(sessionCookieName(), '', { httpOnly: true, sameSite: 'lax', secure: usesHttps(), path: '/', maxAge: 0 });
}

function sessionCookieName(): string {
  return `${usesHttps() ? '__Secure-' : ''}next-auth.session-token`;
}
