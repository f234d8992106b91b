import { createHash } from 'node:crypto';
import type { Delivery } from '../deliver/delivery';
import type { Exchange } from '../exchange';
import { cut, rangesWithout, scanObject } from '../json-scan';
import { customerOf, type RespanParams } from '../params';
import type { GatewayPorts, WeightedModel } from '../ports';
import type { Prepared } from '../prepare/prepared';
import { decodeContent } from '../stream/decode';

/** Exact response cache: the same question of the same organization gets the same bytes again, a stream as a stream. */

const DEFAULT_TTL_SECONDS = 30 * 24 * 60 * 60;
/** Longer answers are not kept. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * What a request asks for, as a digest of the bytes that would go to the provider and of the models that may answer.
 * @param saved the models of the saved group that the request names
 * @returns null where the caller wants no cache
 */
export function cacheDigest(exchange: Exchange, prepared: Prepared, saved: readonly WeightedModel[]): Buffer | null {
  const { cache_enabled: enabled, cache_options: options } = exchange.params;
  if (!enabled || !prepared.body || exchange.logType === 'passthrough') return null;
  // Each choice is a call of its own, and the same call: a cache would make them all one answer.
  if (prepared.translate && prepared.translate.choices > 1) {
    exchange.routeWarnings.push('cache_enabled was left out: n asks for different answers to the same request.');
    return null;
  }
  const customer = options?.cache_by_customer ? (customerOf(exchange.params) ?? '') : '';
  const byModel = options?.is_cached_by_model !== false;
  const body = byModel ? prepared.body : withoutModel(prepared.body);
  const others = byModel ? candidates(exchange.params, saved) : [];
  const asked = [exchange.endpoint, prepared.provider.id, prepared.path, customer];
  return createHash('sha256')
    .update(JSON.stringify(others.length > 0 ? [...asked, others] : asked))
    .update(body)
    .digest();
}

/** The models that may answer beside the requested one: a group's in its place, and those that come after. */
function candidates(params: RespanParams, saved: readonly WeightedModel[]): string[][] {
  const groups = [params.load_balance_group?.models ?? [], saved, params.loadbalance_models ?? []];
  const group = (groups.find((models) => models.length > 0) ?? []).map(({ model }) => model).sort();
  const following = params.disable_fallback ? [] : [...(params.models ?? []), ...(params.fallback_models ?? [])];
  return group.length + following.length > 0 ? [group, following] : [];
}

function withoutModel(body: Buffer): Buffer {
  const members = scanObject(body.toString('latin1'));
  return members
    ? cut(
        body,
        rangesWithout(members, (member) => member.key === 'model'),
      )
    : body;
}

/** Gives the kept answer to the caller, through the same delivery as a live one. @returns false where none is kept */
export async function replay(
  exchange: Exchange,
  digest: Buffer,
  /** How an answer of that provider is delivered; null where it can't be any more. */
  deliveryOf: (provider: string | null) => Delivery | null,
  ports: Pick<GatewayPorts, 'responseCache' | 'report'>,
): Promise<boolean> {
  const kept = await ports.responseCache.find(exchange.caller.organizationId, digest).catch((error: unknown) => {
    // A cache that can't be read is a cache that has nothing.
    ports.report('The response cache could not be read', error);
    return null;
  });
  const delivery = kept && deliveryOf(kept.provider);
  if (!delivery) return false;
  exchange.cacheHit = true;
  delivery.head(200, { 'content-type': kept.contentType, 'x-respan-cache': 'hit' });
  delivery.chunk(kept.body);
  delivery.end();
  return true;
}

/** Keeps a whole, good answer. Called after its log was written; nobody waits for it. */
export function keep(exchange: Exchange, digest: Buffer, ports: Pick<GatewayPorts, 'responseCache' | 'report'>): void {
  const contentType = exchange.responseHeaders['content-type'];
  // Several answers that were merged into one can't be replayed as a provider's.
  if (!exchange.meter) return;
  if (exchange.cacheHit || exchange.record?.status !== 'success' || typeof contentType !== 'string') return;
  const encoding = exchange.responseHeaders['content-encoding'];
  const body = decodeContent(exchange.answer(), typeof encoding === 'string' ? encoding : undefined);
  if (!body || body.length === 0 || body.length > MAX_BYTES) return;
  const provider = exchange.target?.provider.id ?? null;
  const ttl = exchange.params.cache_ttl ?? DEFAULT_TTL_SECONDS;
  ports.responseCache
    .keep(exchange.caller.organizationId, digest, { contentType, provider, body }, ttl)
    .catch((error: unknown) => ports.report('An answer could not be kept in the response cache', error));
}
