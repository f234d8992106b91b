import { db } from '@/lib/db/client';
import type { WeightedModel } from '@/lib/gateway/ports';
import { weightedModelsSchema } from './schema';

export interface SavedGroup {
  readonly groupId: string;
  readonly models: readonly WeightedModel[];
}

/**
 * An organization's groups, as the gateway draws from them.
 * Takes no context: the composition root asks, for a caller whose API key it has checked.
 */
export async function loadGroups(organizationId: string): Promise<SavedGroup[]> {
  const rows = await db().loadBalanceGroup.findMany({ where: { organizationId } });
  return rows.map(({ groupId, models }) => ({ groupId, models: weightedModelsSchema.parse(models) }));
}
