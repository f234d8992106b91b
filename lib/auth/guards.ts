import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { db } from '@/lib/db/client';
import type { Role } from '@/lib/db/generated/enums';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { findKeyBySecret, type KeyOwner } from '@/lib/keys/lookup';
import { brandContext, type Context } from './context';
import { REQUESTED_PATH_HEADER, signInPath } from './next-path';
import { readSessionUserId } from './session';

/** For server actions and routes. @throws AppError unauthenticated */
export async function requireContext(): Promise<Context> {
  const context = await findContext();
  if (!context) throw new AppError('unauthenticated', 'Your session has ended. Sign in again.');
  return context;
}

/** For pages: whoever has no session is sent to sign in, and comes back to the same address afterwards. */
export async function pageContext(): Promise<Context> {
  const context = await findContext();
  if (context) return context;
  redirect(signInPath((await headers()).get(REQUESTED_PATH_HEADER)));
}

/**
 * Whose session this request carries, and for which organization. The membership is looked up every time, so that someone who was
 * removed is out at once.
 */
export async function findContext(): Promise<Context | null> {
  const userId = await readSessionUserId();
  if (!userId) return null;
  const membership = await db().membership.findFirst({
    where: { userId },
    orderBy: { createdAt: 'asc' },
    select: { organizationId: true, userId: true, role: true },
  });
  return membership && brandContext(membership);
}

/**
 * For routes that programs call: whose API key the request carries, as `Authorization: Bearer` or `x-api-key`.
 * A key may do what a developer may; it is nobody in particular.
 * @throws AppError unauthenticated
 */
export async function requireApiKeyContext(request: Request): Promise<Context> {
  return (await requireApiKey(request)).ctx;
}

/** The same, with what the key itself says. @throws AppError unauthenticated */
export async function requireApiKey(request: Request): Promise<{ ctx: Context; key: KeyOwner }> {
  const bearer = /^bearer\s+(.*)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  const presented = [request.headers.get('x-api-key'), bearer].map((key) => key?.trim()).filter((key) => !!key);
  if (presented.length === 0) throw new AppError('unauthenticated', 'Authentication credentials were not provided.');
  for (const key of presented) {
    const owner = key ? await findKeyBySecret(key) : null;
    if (!owner) continue;
    const { organizationId } = owner;
    return { ctx: brandContext({ organizationId, userId: null, role: 'developer' }), key: owner };
  }
  throw new AppError(
    'unauthenticated',
    `Your API key is invalid or expired, please check your API key at ${env().APP_URL ?? ''}/settings/api-keys`,
  );
}

/** @throws AppError forbidden unless the role is one of those */
export function requireRole(ctx: Context, ...roles: readonly Role[]): void {
  if (roles.includes(ctx.role)) return;
  throw new AppError('forbidden', `This needs the role ${roles.join(' or ')}. Ask an owner of your organization.`);
}
