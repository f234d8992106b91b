import { GatewayError } from '../errors';
import type { Exchange, Target } from '../exchange';
import type { SuppliedCredential } from '../params';
import type { Credential, GatewayPorts } from '../ports';
import type { Provider } from '../providers/provider';
import { NO_USAGE } from '../usage';

type RoutePorts = Pick<GatewayPorts, 'integrationCredentials' | 'platformCredential' | 'creditBalance' | 'price'>;

/**
 * Decides whose credential pays, and in which order its keys are tried. The first source that has one settles it:
 * override for the model, credentials of the request, the organization's integration keys, platform credits. Targets of one
 * call never mix sources, so a request that brings its own key can never fall to another one.
 * @throws GatewayError no_credentials (402), which names both ways out
 */
export async function planRoute(
  exchange: Exchange,
  provider: Provider,
  model: string,
  ports: RoutePorts,
): Promise<Target[]> {
  const target = (credential: Credential): Target => ({ provider, model, credential });
  const { params, caller } = exchange;

  const override = params.credential_override;
  const overriding = override?.[exchange.requestedModel ?? model] ?? override?.[model] ?? override?.[provider.id];
  if (overriding)
    return [target(brought('override', { ...PLAIN, provider: provider.id, secret: overriding.api_key.trim() }))];

  const own = (params.customer_credentials ?? []).filter((supplied) => supplied.provider === provider.id);
  if (own.length > 0) {
    const usable = own.filter((supplied) => serves(supplied, model)).map((supplied) => brought('customer', supplied));
    if (usable.length === 0)
      throw new GatewayError('no_credentials', `None of the request's customer_credentials may be used for ${model}.`);
    return weightedOrder(usable).map(target);
  }

  const integrations = (await ports.integrationCredentials(caller.organizationId, provider.id)).filter(
    (credential) => credential.weight > 0 && serves(credential, model),
  );
  const real = integrations.filter((credential) => !credential.simulated);
  // A simulated answer never stands in for a real one: the simulator serves only where no provider key is connected.
  if (integrations.length > 0) return weightedOrder(real.length > 0 ? real : integrations).map(target);

  const platform = ports.platformCredential(provider.id);
  if (!platform) {
    throw new GatewayError(
      'no_credentials',
      `No credential pays for this call. Connect your own ${provider.name} key on the Integrations page, or send one with the request in customer_credentials.`,
    );
  }
  refuseUnbillable(exchange, provider, model, ports);
  if ((await ports.creditBalance(caller.organizationId)) <= 0n) {
    throw new GatewayError(
      'no_credentials',
      `Your credits are used up. Add credits, or connect your own ${provider.name} key on the Integrations page.`,
    );
  }
  return [target(platform)];
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
  if (ports.price({ provider: provider.id, model, usage: NO_USAGE, at: new Date(exchange.startedAt) }) === null) {
    throw new GatewayError(
      'no_credentials',
      `The price of ${model.slice(0, 100)} is not known, so credits can't pay for it. Connect your own ${provider.name} key on the Integrations page.`,
    );
  }
}

const PLAIN = { weight: 1, availableModels: [], excludeModels: [] };

function brought(source: 'override' | 'customer', supplied: SuppliedCredential): Credential {
  return { ...supplied, source, id: null, lastFour: supplied.secret.slice(-4), baseUrl: null, simulated: false };
}

function serves(credential: Pick<Credential, 'availableModels' | 'excludeModels'>, model: string): boolean {
  if (credential.excludeModels.includes(model)) return false;
  return credential.availableModels.length === 0 || credential.availableModels.includes(model);
}

/** Draws credentials by weight without putting back: the first is the choice, the rest follow if it fails. */
function weightedOrder(credentials: readonly Credential[]): Credential[] {
  const left = [...credentials];
  const order: Credential[] = [];
  while (left.length > 0) {
    let draw = Math.random() * left.reduce((sum, credential) => sum + credential.weight, 0);
    const at = left.findIndex((credential) => {
      draw -= credential.weight;
      return draw < 0;
    });
    order.push(...left.splice(at < 0 ? left.length - 1 : at, 1));
  }
  return order;
}
