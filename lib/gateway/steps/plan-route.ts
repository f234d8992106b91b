import { creditsUsedUp } from '../credits/refusal';
import { GatewayError } from '../errors';
import type { Exchange, Target } from '../exchange';
import { conversationOf, type SuppliedCredential } from '../params';
import type { Credential, CreditsPort, GatewayPorts, WeightedModel } from '../ports';
import type { Prepared } from '../prepare/prepared';
import type { Provider } from '../providers/provider';
import type { Breakers } from '../routing/breaker';
import { type Choice, chooseModels } from '../routing/choices';
import type { Naming } from '../routing/naming';
import { weightedOrder } from '../routing/weighted-order';
import { NO_USAGE } from '../usage';

type RoutePorts = Pick<GatewayPorts, 'integrationCredentials' | 'platformCredential' | 'price'> & {
  readonly credits: Pick<CreditsPort, 'balance'>;
};

/** A target, and the request in the form that its provider takes. */
export interface Planned {
  readonly target: Target;
  /** Called when the try begins. @throws GatewayError where that provider can't be sent this request */
  prepare(): Prepared;
}

/** The targets of one model, in the order to try them. */
export interface PlannedModel {
  readonly model: string;
  readonly targets: readonly { readonly credential: string; readonly target: Planned }[];
}

/**
 * Decides which models are tried, whose credential pays for each, and in which order its keys are tried. A fallback that
 * nothing pays for is left out with a warning. Sources never mix against the caller's will: a request that brings its own
 * key falls only to keys that it brought.
 * @param prepared the request for the model it names
 * @param saved the models of the saved group that it names
 * @throws GatewayError no_credentials (402) when nothing pays for the first choice
 */
export async function planRoute(
  exchange: Exchange,
  prepared: Prepared,
  naming: Naming,
  saved: readonly WeightedModel[],
  ports: RoutePorts,
  breakers: Breakers,
): Promise<PlannedModel[]> {
  const { params } = exchange;
  const warn = (message: string) => void exchange.routeWarnings.push(message);
  const planned: PlannedModel[] = [];
  const requested = {
    provider: prepared.provider,
    model: prepared.model,
    name: exchange.requestedModel ?? prepared.model,
  };
  const asked = { ...ports, credits: askedOnce(ports.credits) };
  let broughtOwn = false;
  let refusal: GatewayError | null = null;
  for (const choice of chooseModels(requested, params, naming, saved, conversationOf(params), warn)) {
    try {
      const credentials = await credentialsFor(exchange, choice, asked, breakers);
      const own = credentials[0]?.source === 'override' || credentials[0]?.source === 'customer';
      if (planned.length === 0) broughtOwn = own;
      if (broughtOwn && !own) throw new GatewayError('no_credentials', "the request's own credentials don't cover it.");
      planned.push(plannedModel(prepared, choice, credentials));
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      refusal ??= error;
      // A model that the caller asked for by name is not replaced in silence.
      if (planned.length === 0 && !exchange.routed) throw error;
      const role = planned.length > 0 ? 'fallback' : 'model';
      warn(`The ${role} ${choice.model.slice(0, 100)} was left out: ${error.message}`);
    }
  }
  if (planned.length === 0 && refusal) throw refusal;
  if (exchange.background && !exchange.stream)
    warn('A background response is answered before it is made: its usage and cost stay unknown here.');
  return planned;
}

/** However many models they would pay, the balance is one. */
function askedOnce(credits: Pick<CreditsPort, 'balance'>): Pick<CreditsPort, 'balance'> {
  let balance: Promise<bigint> | null = null;
  return {
    balance: (organizationId) => {
      balance ??= credits.balance(organizationId);
      return balance;
    },
  };
}

/** The models of the saved group that the request names; models that it lists itself stand in for them. */
export async function savedGroup(
  { params, caller, routeWarnings }: Exchange,
  ports: Pick<GatewayPorts, 'loadBalanceGroup'>,
): Promise<readonly WeightedModel[]> {
  const asked = params.load_balance_group;
  if (!asked?.group_id || asked.models.length > 0) return [];
  const models = await ports.loadBalanceGroup(caller.organizationId, asked.group_id);
  if (models.length === 0) {
    const id = asked.group_id.slice(0, 60);
    routeWarnings.push(
      `The load balance group ${id} is not known here: create it under Load balancing, or list its models.`,
    );
  }
  return models;
}

function plannedModel(base: Prepared, { provider, model }: Choice, credentials: readonly Credential[]): PlannedModel {
  // Asked anew for each try: another model's try in between has changed what the exchange says.
  const same = provider.id === base.provider.id && model === base.model;
  const prepare = same ? () => base : () => base.retarget(provider, model);
  return {
    model: `${provider.id}/${model}`,
    targets: credentials.map((credential) => ({
      credential: credentialKey(credential),
      target: { target: { provider, model, credential }, prepare },
    })),
  };
}

/** The first source that has a credential settles it: override for the model, the request's own, integration keys, credits. */
async function credentialsFor(
  exchange: Exchange,
  { provider, model, name, supplied }: Choice,
  ports: RoutePorts,
  breakers: Breakers,
): Promise<Credential[]> {
  const { params, caller } = exchange;
  const inOrder = (credentials: readonly Credential[]) => {
    // Only worth finding out where there is a choice.
    const stickiness = credentials.length > 1 ? stickinessOf(exchange) : null;
    const facts = (credential: Credential) => ({ id: credentialKey(credential), weight: credential.weight });
    return breakers.order(weightedOrder(credentials, facts, stickiness), credentialKey);
  };

  if (supplied.length > 0) return inOrder(supplied.map((one) => brought('customer', one)));
  const override = params.credential_override;
  const overriding = override?.[name] ?? override?.[model] ?? override?.[provider.id];
  if (overriding) return [brought('override', { ...PLAIN, provider: provider.id, secret: overriding.api_key.trim() })];

  const own = (params.customer_credentials ?? []).filter((one) => one.provider === provider.id);
  if (own.length > 0) {
    const usable = own.filter((one) => serves(one, model)).map((one) => brought('customer', one));
    if (usable.length === 0)
      throw new GatewayError('no_credentials', `None of the request's customer_credentials may be used for ${model}.`);
    return inOrder(usable);
  }
  const older = params.customer_api_keys;
  const key = older?.[name] ?? older?.[model] ?? older?.[provider.id];
  if (key) return [brought('customer', { ...PLAIN, provider: provider.id, secret: key.trim() })];

  const integrations = (await ports.integrationCredentials(caller.organizationId, provider.id)).filter(
    (credential) => credential.weight > 0 && serves(credential, model),
  );
  const real = integrations.filter((credential) => !credential.simulated);
  // A simulated answer never stands in for a real one: the simulator serves only where no provider key is connected.
  if (integrations.length > 0) return inOrder(real.length > 0 ? real : integrations);
  return [await platformCredential(exchange, provider, model, ports)];
}

/** A conversation stays with its prompt cache; what an organization keeps at a provider is found by the key that made it alone. */
function stickinessOf(exchange: Exchange): string | null {
  const { params, caller, logType } = exchange;
  const conversation = conversationOf(params) ?? exchange.conversationKey();
  return conversation ?? (logType === 'passthrough' ? caller.organizationId : null);
}

async function platformCredential(
  exchange: Exchange,
  provider: Provider,
  model: string,
  ports: RoutePorts,
): Promise<Credential> {
  const platform = ports.platformCredential(provider.id);
  if (!platform) {
    throw new GatewayError(
      'no_credentials',
      `No credential pays for this call. Connect your own ${provider.name} key on the Integrations page, or send one with the request in customer_credentials.`,
    );
  }
  refuseUnbillable(exchange, provider, model, ports);
  const balanceNanoUsd = await ports.credits.balance(exchange.caller.organizationId);
  if (balanceNanoUsd <= 0n) throw creditsUsedUp(provider, { balanceNanoUsd, isHeldByOthers: false });
  return platform;
}

/**
 * Credits pay with the platform's own key. It serves only calls that can be priced, and no endpoint that would show one
 * tenant what another keeps at the provider (files, batches).
 */
function refuseUnbillable(exchange: Exchange, provider: Provider, model: string, ports: RoutePorts): void {
  if (exchange.logType === 'passthrough') {
    throw new GatewayError(
      'no_credentials',
      `Credits don't pay for this endpoint. Connect your own ${provider.name} key on the Integrations page.`,
    );
  }
  if (exchange.background) {
    throw new GatewayError(
      'no_credentials',
      `Credits don't pay for background responses, whose usage is known only later. Send it without background, or connect your own ${provider.name} key on the Integrations page.`,
    );
  }
  if (ports.price({ provider: provider.id, model, usage: NO_USAGE, at: new Date(exchange.startedAt) }) === null) {
    throw new GatewayError(
      'no_credentials',
      `The price of ${model.slice(0, 100)} is not known, so credits can't pay for it. Connect your own ${provider.name} key on the Integrations page.`,
    );
  }
}

/**
 * What tells credentials apart: the stored key's id, or for one that is not stored, the key itself. Marked, because a caller
 * may send anything as a key, and must not be able to speak for the stored one with that id.
 */
export function credentialKey(credential: Credential): string {
  return credential.id ?? `secret ${credential.secret}`;
}

const PLAIN = { weight: 1, availableModels: [], excludeModels: [] };

function brought(source: 'override' | 'customer', supplied: SuppliedCredential): Credential {
  return { ...supplied, source, id: null, lastFour: supplied.secret.slice(-4), baseUrl: null, simulated: false };
}

function serves(credential: Pick<Credential, 'availableModels' | 'excludeModels'>, model: string): boolean {
  // A file or a batch names no model.
  if (!model) return true;
  if (credential.excludeModels.includes(model)) return false;
  return credential.availableModels.length === 0 || credential.availableModels.includes(model);
}
