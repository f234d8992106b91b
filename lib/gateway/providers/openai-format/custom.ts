import type { CustomProvider } from '../../ports';
import type { Provider } from '../provider';
import { openAiCompatible } from './provider';

/** A provider that an organization added itself. Its key goes to its own address and nowhere else. */
export function customProvider(row: CustomProvider): Provider {
  const models = new Set(row.models);
  return openAiCompatible({
    id: row.slug,
    name: row.name,
    serves: row.models.length > 0 ? row.models.join(', ') : `Every model, as ${row.slug}/model.`,
    servesModel: (model) => models.has(model),
    baseUrl: row.baseUrl,
    pricedAs: row.pricedAs,
  });
}
