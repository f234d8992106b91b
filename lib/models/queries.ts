import type { Context } from '@/lib/auth/context';
import { PROVIDERS } from '@/lib/gateway/providers';
import type { CatalogueModel, Provider } from '@/lib/gateway/providers/provider';
import { listIntegrations } from '@/lib/integrations/queries';
import { nanoUsdToNumber } from '@/lib/money/nano-usd';
import { listedModels, listPrice } from '@/lib/pricing/queries';
import type { ListedModel, ModelOrder } from './schema';

/** The models that every installation can call, with today's list prices. */
export function publicModels(at = new Date()): ListedModel[] {
  return PROVIDERS.flatMap((provider) => catalogueOf(provider).map((model) => builtIn(provider, model, at)));
}

/** Those, and the models that the organization listed for providers of its own. */
export async function listModels(ctx: Context, at = new Date()): Promise<ListedModel[]> {
  const { providers } = await listIntegrations(ctx);
  const own = providers.flatMap(({ custom, pricedAs, name }) =>
    (custom?.models ?? []).map(
      (model): ListedModel => ({
        ...costs(pricedAs, model, at),
        model_name: model,
        max_context_window: null,
        rate_limit: null,
        affiliation_category: 'custom',
        provider: facts(custom?.slug ?? '', name),
      }),
    ),
  );
  return [...publicModels(at), ...own];
}

/** What is not known comes last, in either direction. */
export function sortModels(
  models: readonly ListedModel[],
  { by, descending }: { by: ModelOrder; descending: boolean },
): ListedModel[] {
  return models.toSorted((one, other) => {
    const [a, b] = [one[by], other[by]];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    const order = typeof a === 'string' ? a.localeCompare(String(b)) : a - Number(b);
    return descending ? -order : order;
  });
}

function catalogueOf(
  provider: Provider,
): readonly { id: string; contextWindowTokens: CatalogueModel['contextWindowTokens'] | null }[] {
  return provider.models ?? listedModels(provider.id).filter(({ id }) => provider.lists(id));
}

function builtIn(provider: Provider, model: ReturnType<typeof catalogueOf>[number], at: Date): ListedModel {
  return {
    model_name: model.id,
    max_context_window: model.contextWindowTokens,
    ...costs(provider.pricedAs, model.id, at),
    rate_limit: null,
    affiliation_category: 'respan',
    provider: facts(provider.id, provider.name),
  };
}

function costs(pricedAs: string | null, model: string, at: Date): Pick<ListedModel, 'input_cost' | 'output_cost'> {
  const price = pricedAs === null ? null : listPrice(pricedAs, model, at);
  return { input_cost: inUsd(price?.input ?? null), output_cost: inUsd(price?.output ?? null) };
}

function inUsd(nanoUsdPerMillion: bigint | null): number | null {
  return nanoUsdPerMillion === null ? null : nanoUsdToNumber(nanoUsdPerMillion);
}

function facts(id: string, name: string): ListedModel['provider'] {
  return { provider_name: name, provider_id: id, moderation: 'Unfiltered', credential_fields: ['api_key'] };
}
