import { uuidv7 } from 'uuidv7';
import { type Context, requireEditor } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import type { SavedView } from './schema';
import { storable } from './storable';

const MAX_OWN = 100;

/** A person's own views and those that others share, by name. */
export async function listViews(ctx: Context): Promise<SavedView[]> {
  const { organizationId } = ctx;
  const ownerId = personOf(ctx);
  const views = await db().savedView.findMany({
    where: { organizationId, OR: [{ ownerId }, { shared: true }] },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  return views.map((view) => toView(view, ownerId));
}

/** @throws AppError forbidden where a viewer shares; invalid_input where there are too many */
export async function saveView(ctx: Context, view: Pick<SavedView, 'name' | 'search' | 'shared'>): Promise<SavedView> {
  const { organizationId } = ctx;
  const ownerId = personOf(ctx);
  if (view.shared) requireEditor(ctx, 'share views');
  if ((await db().savedView.count({ where: { organizationId, ownerId } })) >= MAX_OWN)
    throw new AppError('invalid_input', `You have ${MAX_OWN} views. Delete one first.`);
  const said = { name: storable(view.name), search: storable(view.search), shared: view.shared };
  const kept = await db().savedView.create({ data: { organizationId, id: uuidv7(), ownerId, ...said } });
  return toView(kept, ownerId);
}

/**
 * Deletes a view: its owner's, or, for owners and admins of the organization, a shared one.
 * @throws AppError not_found
 */
export async function deleteView(ctx: Context, id: string): Promise<void> {
  const { organizationId, role } = ctx;
  const isAdmin = role === 'owner' || role === 'admin';
  const mine = [{ ownerId: personOf(ctx) }, ...(isAdmin ? [{ shared: true }] : [])];
  const { count } = await db().savedView.deleteMany({ where: { organizationId, id, OR: mine } });
  if (count === 0) throw new AppError('not_found', 'There is no such view, or it is somebody else’s.');
}

function personOf({ userId }: Context): string {
  if (userId) return userId;
  throw new AppError('forbidden', 'Views belong to people. Sign in to use them.');
}

function toView(
  { id, name, search, shared, ownerId }: { id: string; name: string; search: string; shared: boolean; ownerId: string },
  reader: string,
): SavedView {
  return { id, name, search, shared, own: ownerId === reader };
}
