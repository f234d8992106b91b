import type { Context } from '@/lib/auth/context';
import { PROVIDERS } from '@/lib/gateway/providers';
import { listModels } from '@/lib/models/queries';
import type { PlaygroundModel } from './schema';

/** What can be chosen in the playground, each model once. */
export async function playgroundModels(ctx: Context): Promise<PlaygroundModel[]> {
  // Chat completions are translated for a provider that speaks Messages: its own language loses nothing.
  const spoken = new Set(PROVIDERS.filter(({ chat }) => chat !== undefined).map(({ id }) => id));
  const models = (await listModels(ctx)).map(
    ({ model_name, provider, affiliation_category }): PlaygroundModel => ({
      id: model_name,
      providerName: provider.provider_name,
      format: spoken.has(provider.provider_id) ? 'messages' : 'chat',
      custom: affiliation_category === 'custom',
    }),
  );
  return [...new Map(models.map((model) => [model.id, model])).values()];
}
