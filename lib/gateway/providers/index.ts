import type { CustomProvider } from '../ports';
import { anthropic } from './anthropic';
import { openai } from './openai';
import { customProvider } from './openai-format/custom';
import type { Provider } from './provider';

/** The registry. Adding a provider is a folder here and a line below. */
export const PROVIDERS: readonly Provider[] = [anthropic, openai];

const byId = new Map(PROVIDERS.map((provider) => [provider.id, provider]));
const fromRow = new WeakMap<CustomProvider, Provider>();

/** Null for an id this version does not know. */
export function providerById(id: string): Provider | null {
  return byId.get(id) ?? null;
}

/** The provider that a row of an organization describes. */
export function providerOf(row: CustomProvider): Provider {
  const known = fromRow.get(row);
  if (known) return known;
  const provider = customProvider(row);
  fromRow.set(row, provider);
  return provider;
}

/** By the name that stands before the slash of "provider/model". */
export function providerNamed(name: string, custom: readonly CustomProvider[]): Provider | null {
  const known = byId.get(name);
  if (known) return known;
  const row = custom.find(({ slug }) => slug === name);
  return row ? providerOf(row) : null;
}

export interface ResolvedModel {
  readonly provider: Provider;
  /** As the provider names it. */
  readonly model: string;
}

/**
 * Splits "provider/model", or finds the provider that serves a bare model name. A name that the organization listed for a
 * provider of its own is that provider's, before any pattern of ours.
 * @param custom the providers the caller's organization added
 * @returns null where no provider does
 */
export function resolveModel(requested: string, custom: readonly CustomProvider[] = []): ResolvedModel | null {
  const slash = requested.indexOf('/');
  if (slash > 0) {
    const named = providerNamed(requested.slice(0, slash), custom);
    if (named) return { provider: named, model: requested.slice(slash + 1) };
  }
  const listed = custom.find(({ models }) => models.includes(requested));
  const provider = listed ? providerOf(listed) : PROVIDERS.find((candidate) => candidate.servesModel(requested));
  return provider ? { provider, model: requested } : null;
}
