import { uuidv7 } from 'uuidv7';
import { type Context, requireEditor } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { notifyConfig } from '@/lib/db/notify';
import { AppError } from '@/lib/errors';
import { resolveModel } from '@/lib/gateway/providers';
import { listIntegrations } from '@/lib/integrations/queries';
import { groupView } from './queries';
import type { GroupValues, LoadBalanceGroupView } from './schema';

/**
 * Saves a group under an id made from its name.
 * @throws AppError forbidden, invalid_input for a model nobody serves, conflict for a name whose id is taken
 */
export async function createGroup(ctx: Context, { name, models }: GroupValues): Promise<LoadBalanceGroupView> {
  requireEditor(ctx, 'create load balance groups');
  const { organizationId } = ctx;
  await refuseUnknown(ctx, models);
  const data = { organizationId, id: uuidv7(), groupId: slugOf(name), name, models };
  return saving(ctx, async (tx) => groupView(await tx.loadBalanceGroup.create({ data }))).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'P2002')) throw error;
    const message = `The id ${data.groupId} is taken. Give the group another name.`;
    throw new AppError('conflict', message, { fields: { name: message } });
  });
}

/**
 * Changes a group's name and models. Its id stays, because callers send it.
 * @throws AppError forbidden, not_found, invalid_input for a model nobody serves
 */
export async function updateGroup(ctx: Context, id: string, { name, models }: GroupValues): Promise<void> {
  requireEditor(ctx, 'change load balance groups');
  const { organizationId } = ctx;
  await refuseUnknown(ctx, models);
  await saving(ctx, async (tx) => {
    const { count } = await tx.loadBalanceGroup.updateMany({ where: { organizationId, id }, data: { name, models } });
    if (count === 0) throw notFound();
  });
}

/** Forgets a group. Requests that still name it go to the model they name. */
export async function removeGroup(ctx: Context, id: string): Promise<void> {
  requireEditor(ctx, 'remove load balance groups');
  const { organizationId } = ctx;
  await saving(ctx, async (tx) => {
    const { count } = await tx.loadBalanceGroup.deleteMany({ where: { organizationId, id } });
    if (count === 0) throw notFound();
  });
}

/** A misspelt model would be left out of every request, where nobody looks. */
async function refuseUnknown(ctx: Context, models: GroupValues['models']): Promise<void> {
  const { providers } = await listIntegrations(ctx);
  const custom = providers.flatMap(({ custom, pricedAs }) => (custom ? [{ ...custom, pricedAs }] : []));
  const index = models.findIndex(({ model }) => resolveModel(model, custom) === null);
  if (index < 0) return;
  const message = 'No provider here serves this model. Check its name, or write it as provider/model.';
  throw new AppError('invalid_input', message, { fields: { [`models.${index}.model`]: message } });
}

/** Saves in one transaction, and tells every gateway. */
function saving<T>(ctx: Context, save: (tx: Prisma.TransactionClient) => Promise<T>): Promise<T> {
  return db().$transaction(async (tx) => {
    const saved = await save(tx);
    await notifyConfig(tx, `groups:${ctx.organizationId}`);
    return saved;
  });
}

function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

function notFound(): AppError {
  return new AppError('not_found', 'This load balance group does not exist.');
}
