import type { NextAuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { clientAddress } from './client-address';
import { checkCredentials } from './credentials';

export const SESSION_MAX_AGE_SECONDS = 30 * 24 * 60 * 60;

/**
 * next-auth's options, read when they are needed: at build time there is no secret yet.
 * @throws Error when NEXTAUTH_SECRET is not set
 */
export function authOptions(): NextAuthOptions {
  return {
    secret: authSecret(),
    session: { strategy: 'jwt', maxAge: SESSION_MAX_AGE_SECONDS },
    useSecureCookies: usesHttps(),
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        async authorize(credentials, request) {
          try {
            return await checkCredentials(credentials, clientAddress(new Headers(stringHeaders(request.headers))));
          } catch (error) {
            if (error instanceof AppError) return null;
            throw error;
          }
        },
      }),
    ],
    callbacks: {
      session: ({ session, token }) => ({ ...session, userId: token.sub }),
    },
  };
}

export function authSecret(): string {
  const secret = env().NEXTAUTH_SECRET;
  if (!secret) throw new Error('NEXTAUTH_SECRET is not set. Make one with: openssl rand -hex 32');
  return secret;
}

/** Whether people reach this installation over https, and cookies may insist on it. */
export function usesHttps(): boolean {
  return env().APP_URL?.startsWith('https://') ?? false;
}

function stringHeaders(headers: Record<string, unknown> | undefined): [string, string][] {
  return Object.entries(headers ?? {}).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []));
}
