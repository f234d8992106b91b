import type { Role } from '@/lib/db/generated/enums';
import { AppError } from '@/lib/errors';

declare const brand: unique symbol;

/**
 * Who acts, and for which organization. Every verb that touches an organization's rows takes one first and filters by it.
 * Branded: only lib/auth makes one (guards.ts: requireContext, pageContext), after it has checked the session and the membership.
 */
export interface Context {
  readonly [brand]: true;
  readonly organizationId: string;
  /** Null when an API key acts. */
  readonly userId: string | null;
  readonly role: Role;
}

/** For lib/auth alone: brands what it has just checked. */
export function brandContext(checked: { organizationId: string; userId: string | null; role: Role }): Context {
  return checked as Context;
}

/** For the server's own work in the background: an organization's rows are read as a viewer reads them, and nothing is changed. */
export function backgroundContext(organizationId: string): Context {
  return brandContext({ organizationId, userId: null, role: 'viewer' });
}

/**
 * Lets owners, admins and developers pass; viewers only look.
 * @param action what was tried, as a verb phrase: "create API keys"
 * @throws AppError forbidden
 */
export function requireEditor(ctx: Context, action: string): void {
  if (ctx.role !== 'viewer') return;
  throw new AppError(
    'forbidden',
    `Your role is viewer, which can't ${action}. Ask an owner or admin of the organization.`,
  );
}
