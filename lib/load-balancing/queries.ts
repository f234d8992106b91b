import type { Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import type { LoadBalanceGroupModel } from '@/lib/db/generated/models';
import { type LoadBalanceGroupView, weightedModelsSchema } from './schema';

/** The organization's groups, the oldest first. */
export async function listGroups(ctx: Context): Promise<LoadBalanceGroupView[]> {
  const where = { organizationId: ctx.organizationId };
  const rows = await db().loadBalanceGroup.findMany({ where, orderBy: { id: 'asc' } });
  return rows.map(groupView);
}

export function groupView({ id, groupId, name, models, createdAt }: LoadBalanceGroupModel): LoadBalanceGroupView {
  return { id, groupId, name, models: weightedModelsSchema.parse(models), createdAt };
}
