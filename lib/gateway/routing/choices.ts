import type { RespanParams, SuppliedCredential } from '../params';
import type { WeightedModel } from '../ports';
import type { ResolvedModel } from '../providers';
import type { Naming } from './naming';
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
 * A call that names no model at all (a file, a batch) has nothing to choose.
 * @param saved the models of the group that the request names without listing any; empty where it names none
 * @param warn told of every name that can't be used
 */
export function chooseModels(
  requested: ResolvedModel & { readonly name: string },
  params: RespanParams,
  naming: Naming,
  saved: readonly WeightedModel[],
  stickiness: string | null,
  warn: (message: string) => void,
): Choice[] {
  const first = { ...requested, supplied: [] };
  if (!requested.model) return [first];
  const choices: Choice[] = [];
  const add = (
    name: string,
    found: ResolvedModel | null,
    supplied: readonly SuppliedCredential[] = [],
    mayExclude = true,
  ) => {
    if (!found) return warn(`The model ${name.slice(0, 100)} is not known and was left out.`);
    if (mayExclude && isExcluded(found, name, params)) return;
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
    add(entry.model, naming.named(entry.model), suppliedBy(entry, naming));
  }
  if (choices.length === 0) choices.push(first);
  if (params.disable_fallback) return choices.slice(0, 1);
  for (const name of params.models ?? []) add(name, naming.requested(name));
  // Exclusions are the router's; what the caller names as a fallback is meant.
  for (const name of params.fallback_models ?? []) add(name, naming.named(name), [], false);
  return choices;
}

/**
 * The model that a request without one is prepared for: the first of `models` that is known and not excluded, else one that it
 * lists for load balancing.
 * @returns null where it lists none that can be used
 */
export function firstOf(params: RespanParams, naming: Naming): string | null {
  const usable = (params.models ?? []).find((name) => {
    const found = naming.requested(name);
    return found !== null && !isExcluded(found, name, params);
  });
  if (usable !== undefined) return usable;
  const group = [...(params.load_balance_group?.models ?? []), ...(params.loadbalance_models ?? [])];
  return group.find(({ model }) => naming.named(model) !== null)?.model ?? null;
}

function isExcluded(found: ResolvedModel, name: string, params: RespanParams): boolean {
  const { exclude_models: models = [], exclude_providers: providers = [] } = params;
  return models.includes(name) || models.includes(found.model) || providers.includes(found.provider.id);
}

type GroupModel = WeightedModel & Pick<NonNullable<RespanParams['loadbalance_models']>[number], 'credentials'>;

/** Credentials stand by provider, or are those of the model's own provider. */
function suppliedBy({ model, credentials }: GroupModel, naming: Naming): SuppliedCredential[] {
  const provider = naming.named(model)?.provider.id;
  if (!credentials || !provider) return [];
  const own = typeof credentials.api_key === 'string' ? credentials.api_key : credentialOf(credentials, provider);
  return own ? [{ provider, secret: own.trim(), weight: 1, availableModels: [], excludeModels: [] }] : [];
}

function credentialOf(credentials: object, provider: string): string | null {
  const fields: unknown = Object.entries(credentials).find(([name]) => name === provider)?.[1];
  if (typeof fields !== 'object' || fields === null || !('api_key' in fields)) return null;
  return typeof fields.api_key === 'string' ? fields.api_key : null;
}
