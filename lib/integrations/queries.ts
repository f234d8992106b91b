import type { Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import type { IntegrationKeyModel } from '@/lib/db/generated/models';
import { type IntegrationKeyView, type Integrations, providerSchema } from './schema';
import { simulatorUrl } from './simulator';

/** What the organization has connected. Secrets stay where they are. */
export async function listIntegrations(ctx: Context): Promise<Integrations> {
  const rows = await db().integrationKey.findMany({
    where: { organizationId: ctx.organizationId },
    orderBy: { id: 'asc' },
  });
  const keys = rows.map(integrationKeyView);
  return {
    providers: providerSchema.options.map((provider) => ({
      provider,
      keys: keys.filter((key) => key.provider === provider && !key.simulated),
    })),
    simulator: { available: simulatorUrl() !== null, key: keys.find((key) => key.simulated) ?? null },
  };
}

/** A stored credential as people may see it. */
export function integrationKeyView(row: Omit<IntegrationKeyModel, 'secretSealed'>): IntegrationKeyView {
  return {
    id: row.id,
    provider: providerSchema.parse(row.provider),
    name: row.name,
    lastFour: row.lastFour,
    simulated: row.simulated,
    weight: row.weight,
    createdAt: row.createdAt,
    verifiedAt: row.verifiedAt,
  };
}
