import type { Provider } from '../provider';
import { outputCharacters } from './characters';
import { OpenAiMeter } from './meter';
import { streamError } from './stream-error';

type Particular = Pick<Provider, 'id' | 'name' | 'serves' | 'servesModel'> & Partial<Provider>;

/** A provider that speaks OpenAI's language itself: what callers send reaches it untouched. */
export function openAiCompatible(particular: Particular): Provider {
  return {
    models: null,
    lists: () => true,
    baseUrl: null,
    pricedAs: particular.id,
    credentialHeaders: (secret) => ['authorization', `Bearer ${secret}`],
    createMeter: () => new OpenAiMeter(),
    outputCharacters,
    streamError,
    chat: null,
    paths: { chat: '/chat/completions', responses: '/responses', embeddings: '/embeddings' },
    keyForm: { begins: '', copyFrom: null },
    probe: { path: '/models', headers: [] },
    ...particular,
  };
}
