import type { RespanParams, SuppliedCredential } from '../params';
import type { CustomProvider, WeightedModel } from '../ports';
import { type ResolvedModel, resolveModel } from '../providers';
import { weightedOrder } from './weighted-order';

/** A model to try. */
export interface Choice extends ResolvedModel {
  /** As the caller wrote it. */
  readonly name: string;
  /** Credentials that the group brings for it; they come before all others. */
  readonly supplied: readonly SuppliedCredential[];
}

/**
 * The models of a call in the order to try them: those of a load balance group drawn by weight (they stand in for `model`), else
 * the requested one; then `models` and `fallback_models`. Each stands once.
 * @param saved the models of the group that the request names without listing any; empty where it names none
 * @param warn told of every name that can't be used
 */
export function chooseModels(
  requested: ResolvedModel & { readonly name: string },
  params: RespanParams,
  custom: readonly CustomProvider[],
  saved: readonly WeightedModel[],
  stickiness: string | null,
  warn: (message: string) => void,
): Choice[] {
  const choices: Choice[] = [];
  const excluded = (found: ResolvedModel, name: string) =>
    params.exclude_models?.includes(name) ||
    params.exclude_models?.includes(found.model) ||
    params.exclude_providers?.includes(found.provider.id);
  const add = (name: string, supplied: readonly SuppliedCredential[] = [], mayExclude = true) => {
    const found = resolveModel(name, custom);
    if (!found) return warn(`The model ${name.slice(0, 100)} is not known and was left out.`);
    if (mayExclude && excluded(found, name)) return;
    if (choices.some(({ provider, model }) => provider.id === found.provider.id && model === found.model)) return;
    choices.push({ ...found, name, supplied });
  };

  const groups: (readonly GroupModel[] | undefined)[] = [
    params.load_balance_group?.models,
    saved,
    params.loadbalance_models,
  ];
  const group = groups.find((models) => models?.length) ?? [];
  for (const entry of weightedOrder(group, ({ model, weight }) => ({ id: model, weight }), stickiness)) {
    add(entry.model, suppliedBy(entry, custom));
  }
  if (choices.length === 0)
    choices.push({ provider: requested.provider, model: requested.model, name: requested.name, supplied: [] });
  if (params.disable_fallback) return choices.slice(0, 1);
  for (const name of params.models ?? []) add(name);
  // Exclusions are the router's; what the caller names as a fallback is meant.
  for (const name of params.fallback_models ?? []) add(name, [], false);
  return choices;
}

type GroupModel = WeightedModel & Pick<NonNullable<RespanParams['loadbalance_models']>[number], 'credentials'>;

/** Credentials stand by provider, or are those of the model's own provider. */
function suppliedBy({ model, credentials }: GroupModel, custom: readonly CustomProvider[]): SuppliedCredential[] {
  const provider = resolveModel(model, custom)?.provider.id;
  if (!credentials || !provider) return [];
  const own = typeof credentials.api_key === 'string' ? credentials.api_key : credentialOf(credentials, provider);
  return own ? [{ provider, secret: own.trim(), weight: 1, availableModels: [], excludeModels: [] }] : [];
}

function credentialOf(credentials: object, provider: string): string | null {
  const fields: unknown = Object.entries(credentials).find(([name]) => name === provider)?.[1];
  if (typeof fields !== 'object' || fields === null || !('api_key' in fields)) return null;
  return typeof fields.api_key === 'string' ? fields.api_key : null;
}
