import { anthropic } from './anthropic';
import type { Provider } from './provider';

/** The registry. Adding a provider is a folder here and a line below. */
export const PROVIDERS: readonly Provider[] = [anthropic];

const byId = new Map(PROVIDERS.map((provider) => [provider.id, provider]));

/** Null for an id this version does not know. */
export function providerById(id: string): Provider | null {
  return byId.get(id) ?? null;
}

/**
 * Splits "provider/model", or finds the provider that serves a bare model name.
 * @returns null where no provider does
 */
export function resolveModel(requested: string): { provider: Provider; model: string } | null {
  const slash = requested.indexOf('/');
  const named = slash > 0 ? byId.get(requested.slice(0, slash)) : undefined;
  if (named) return { provider: named, model: requested.slice(slash + 1) };
  const provider = PROVIDERS.find((candidate) => candidate.servesModel(requested));
  return provider ? { provider, model: requested } : null;
}
