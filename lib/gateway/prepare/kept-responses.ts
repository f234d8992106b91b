import { GatewayError } from '../errors';
import type { Exchange } from '../exchange';
import type { Inbound } from '../http/message';
import type { KeptResponse } from '../http/routes';
import type { CustomProvider, GatewayPorts } from '../ports';
import { PROVIDERS, providerNamed, providerOf } from '../providers';
import type { Provider } from '../providers/provider';
import { pinnedProvider } from '../routing/naming';
import { parseParams } from '../steps/parse-params';
import { messageOf } from './describe';
import { noteOn, type Prepared } from './prepared';

/**
 * A response that a provider keeps: passed through to the one that the header or the path names, else to the only one that the
 * organization has connected. Of several keys each is asked until one has it.
 * @throws GatewayError invalid_parameter, unknown_endpoint
 */
export async function prepareKeptResponse(
  exchange: Exchange,
  inbound: Inbound,
  response: KeptResponse,
  custom: readonly CustomProvider[],
  ports: Pick<GatewayPorts, 'integrationCredentials'>,
): Promise<Prepared> {
  const { params, warnings } = parseParams({}, inbound.headers);
  exchange.params = params;
  exchange.warnings.push(...warnings);
  const provider = await keeperOf(exchange, inbound, response, custom, ports);
  const { responses } = provider.paths;
  if (responses === undefined)
    throw new GatewayError('unknown_endpoint', `${provider.name} has no Responses endpoint, so it keeps none.`);
  const prepared: Prepared = {
    ...messageOf(inbound, responses + response.path),
    body: null,
    provider,
    model: '',
    retells: true,
    retarget: () => prepared,
  };
  noteOn(exchange, prepared);
  return prepared;
}

async function keeperOf(
  exchange: Exchange,
  inbound: Inbound,
  response: KeptResponse,
  custom: readonly CustomProvider[],
  ports: Pick<GatewayPorts, 'integrationCredentials'>,
): Promise<Provider> {
  const pinned = pinnedProvider(inbound.headers, custom);
  if (pinned) return pinned;
  if (response.provider !== null) {
    const named = providerNamed(response.provider, custom);
    if (named) return named;
    const name = response.provider.slice(0, 60);
    throw new GatewayError('unknown_endpoint', `${name} is not a provider here, so there is no response of its.`);
  }
  const able = [...PROVIDERS, ...custom.map(providerOf)].filter(({ paths }) => paths.responses !== undefined);
  const connections = await Promise.all(able.map((provider) => connectionOf(provider, exchange, ports)));
  // A simulated answer never stands in for a real one.
  const counted = connections.includes('real') ? 'real' : 'simulated';
  const connected = able.filter((_, index) => connections[index] === counted);
  if (connected.length === 1 && connected[0]) return connected[0];
  if (connected.length === 0)
    throw new GatewayError(
      'unknown_endpoint',
      'No provider with a Responses endpoint is connected. Connect one on the Integrations page.',
    );
  throw new GatewayError(
    'invalid_parameter',
    `Several providers may keep this response. Name one in the header X-Respan-Route-Provider: ${connected.map(({ id }) => id).join(', ')}.`,
  );
}

/** What of the caller's own would pay: the platform's credits don't, for one tenant could read another's. */
async function connectionOf(
  { id }: Provider,
  { params, caller }: Exchange,
  ports: Pick<GatewayPorts, 'integrationCredentials'>,
): Promise<'real' | 'simulated' | null> {
  const brought = params.customer_credentials?.some(({ provider }) => provider === id);
  if (brought || params.credential_override?.[id] || params.customer_api_keys?.[id]) return 'real';
  const usable = (await ports.integrationCredentials(caller.organizationId, id)).filter(({ weight }) => weight > 0);
  if (usable.length === 0) return null;
  return usable.some(({ simulated }) => !simulated) ? 'real' : 'simulated';
}
