import { findProvider } from '@pydantic/genai-prices';
import { findClaudePrices } from './claude-book';
import { findLibraryPrices } from './library-book';
import type { ModelPrices } from './model-prices';

/** Model names come from callers: the cache forgets everything rather than grow without end. */
const CACHE_MAX = 2000;
const NAME_MAX = 300;

const cache = new Map<string, ModelPrices | null>();

/** The prices of a model, our own table first. Null where nobody knows them. Remembers both answers. */
export function findPrices(provider: string, model: string): ModelPrices | null {
  const key = `${provider}\0${model}`;
  if (key.length > NAME_MAX) return null;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const prices = lookUp(provider, model);
  if (cache.size >= CACHE_MAX) cache.clear();
  cache.set(key, prices);
  return prices;
}

function lookUp(provider: string, model: string): ModelPrices | null {
  const list = findProvider({ providerId: provider });
  if (!list) return null;
  const name = plainName(provider, model);
  return (list.id === 'anthropic' ? findClaudePrices(name) : null) ?? findLibraryPrices(list.id, name);
}

/** "anthropic/claude-opus-4.6[1m]" names the same model as "claude-opus-4.6". */
function plainName(provider: string, model: string): string {
  const name = model
    .trim()
    .toLowerCase()
    .replace(/\[1m\]$/, '');
  const prefix = `${provider.toLowerCase()}/`;
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}
