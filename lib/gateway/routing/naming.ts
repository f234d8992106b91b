import { GatewayError } from '../errors';
import type { IncomingHttpHeaders } from '../http/message';
import type { RespanParams } from '../params';
import type { CustomProvider } from '../ports';
import { PROVIDERS, providerNamed, type ResolvedModel, resolveModel } from '../providers';
import type { Provider } from '../providers/provider';

/** How one request names its models. */
export interface Naming {
  /** The provider that the header pins; null where it pins none. */
  readonly pinned: Provider | null;
  /** `model` and `models`: the pinned provider's where there is one. Null where nobody serves it. */
  requested(name: string): ResolvedModel | null;
  /** A model of this provider, whoever else has one of its name. */
  at(provider: Provider, name: string): ResolvedModel;
  /** Models of groups and fallbacks, which name their own providers. */
  named(name: string): ResolvedModel | null;
}

const HEADER = 'x-respan-route-provider';

/**
 * @param custom the providers the caller's organization added
 * @throws GatewayError invalid_parameter where the header pins a provider that is not known here
 */
export function namingOf(
  headers: IncomingHttpHeaders,
  { model_name_map: map }: RespanParams,
  custom: readonly CustomProvider[],
): Naming {
  const pinned = pinnedProvider(headers, custom);
  const at = (provider: Provider, name: string) => {
    const model = withoutPrefix(provider, name);
    return { provider, model: map?.[name] ?? map?.[model] ?? model };
  };
  const named = (name: string) => {
    const found = resolveModel(name, custom);
    const sent = map?.[name] ?? (found && map?.[found.model]);
    if (!sent) return found;
    // A name of the caller's own, known by what it stands for alone.
    return found ? { provider: found.provider, model: sent } : resolveModel(sent, custom);
  };
  return { pinned, at, named, requested: pinned ? (name) => at(pinned, name) : named };
}

/** The header's provider. @throws GatewayError invalid_parameter */
export function pinnedProvider(headers: IncomingHttpHeaders, custom: readonly CustomProvider[]): Provider | null {
  const header = headers[HEADER];
  const id = (Array.isArray(header) ? header[0] : header)?.trim();
  if (!id) return null;
  const provider = providerNamed(id, custom) ?? providerNamed(id.toLowerCase(), custom);
  if (provider) return provider;
  const known = [...PROVIDERS.map((one) => one.id), ...custom.map(({ slug }) => slug)].join(', ');
  throw new GatewayError(
    'invalid_parameter',
    `X-Respan-Route-Provider names ${id.slice(0, 60)}, which is not a provider here. Name one of: ${known}.`,
  );
}

/** A provider in front of other providers has names like theirs: only its own prefix is taken off. */
function withoutPrefix(provider: Provider, name: string): string {
  const prefix = `${provider.id}/`;
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}
