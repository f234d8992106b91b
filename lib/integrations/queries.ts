import type { Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import type { IntegrationKeyModel } from '@/lib/db/generated/models';
import { PROVIDERS } from '@/lib/gateway/providers';
import type { Provider } from '@/lib/gateway/providers/provider';
import { candidate, customProviderView } from './custom-providers';
import type { ConnectedProvider, CustomProviderView, IntegrationKeyView, Integrations } from './schema';
import { SIMULATED_PROVIDER, simulatorUrl } from './simulator';

/** What the organization has connected, and what it can connect. Secrets stay where they are. */
export async function listIntegrations(ctx: Context): Promise<Integrations> {
  const where = { organizationId: ctx.organizationId };
  const [rows, custom] = await Promise.all([
    db().integrationKey.findMany({ where, orderBy: { id: 'asc' } }),
    db().customProvider.findMany({ where, orderBy: { id: 'asc' } }),
  ]);
  const keys = rows.map(integrationKeyView);
  const real = keys.filter((key) => !key.simulated);
  return {
    providers: [
      ...PROVIDERS.map((provider) => connected(provider, null, real)),
      ...custom.map((row) => connected(candidate(row), customProviderView(row), real)),
    ],
    simulator: {
      provider: SIMULATED_PROVIDER,
      available: simulatorUrl() !== null,
      key: keys.find((key) => key.simulated) ?? null,
    },
  };
}

/** A stored credential as people may see it. */
export function integrationKeyView(row: Omit<IntegrationKeyModel, 'secretSealed'>): IntegrationKeyView {
  return {
    id: row.id,
    provider: row.provider,
    name: row.name,
    lastFour: row.lastFour,
    simulated: row.simulated,
    weight: row.weight,
    createdAt: row.createdAt,
    verifiedAt: row.verifiedAt,
    failing: row.health === 'failing' ? { since: row.healthChangedAt, lastError: row.lastError } : null,
  };
}

function connected(
  { id, name, serves, pricedAs, keyForm }: Provider,
  custom: CustomProviderView | null,
  keys: readonly IntegrationKeyView[],
): ConnectedProvider {
  return {
    id,
    name,
    serves,
    pricedAs,
    keyBegins: keyForm.begins,
    custom,
    keys: keys.filter((key) => key.provider === id),
  };
}
