import { findProvider } from '@pydantic/genai-prices';
import { findPrices } from './price-book';

/** What the price books say of models, for lists and for providers that are known by their address. */

/** The provider whose API is at this address, by its id in the price list; null for any other address. */
export function priceListAt(baseUrl: string): string | null {
  return findProvider({ providerApiUrl: baseUrl })?.id ?? null;
}

export interface ListPrice {
  /** Nano-dollars per million tokens; null where it is not known. */
  readonly input: bigint | null;
  readonly output: bigint | null;
}

/** A model's list price at a time, for prompts of ordinary length. Null where nobody knows it. */
export function listPrice(provider: string, model: string, at: Date): ListPrice | null {
  const rates = findPrices(provider, model)?.sheetAt(at.getTime()).rates;
  return rates ? { input: rates.input, output: rates.output } : null;
}

export interface ListedModel {
  readonly id: string;
  /** Null where the list does not know it. */
  readonly contextWindowTokens: number | null;
}

/** A provider's current models in the public price list, in its order. */
export function listedModels(provider: string): ListedModel[] {
  const models = findProvider({ providerId: provider })?.models ?? [];
  return models
    .filter((model) => !model.deprecated)
    .map((model) => ({ id: model.id, contextWindowTokens: model.context_window ?? null }));
}
