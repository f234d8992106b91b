import { createHash } from 'node:crypto';
import type { Delivery } from '../deliver/delivery';
import type { Exchange } from '../exchange';
import { cut, rangesWithout, scanObject } from '../json-scan';
import type { GatewayPorts } from '../ports';
import type { Prepared } from '../prepare/prepared';
import { decodeContent } from '../stream/decode';

/** Exact response cache: the same question of the same organization gets the same bytes again, a stream as a stream. */

const DEFAULT_TTL_SECONDS = 30 * 24 * 60 * 60;
/** Longer answers are not kept. */
const MAX_BYTES = 4 * 1024 * 1024;

/** What a request asks for, as a digest of the bytes that would go to the provider; null where the caller wants no cache. */
export function cacheDigest(exchange: Exchange, prepared: Prepared): Buffer | null {
  const { cache_enabled: enabled, cache_options: options } = exchange.params;
  if (!enabled || !prepared.body || exchange.logType === 'passthrough') return null;
  const customer = options?.cache_by_customer
    ? (exchange.params.customer_identifier ?? exchange.params.customer_params?.customer_identifier ?? '')
    : '';
  const body = options?.is_cached_by_model === false ? withoutModel(prepared.body) : prepared.body;
  return createHash('sha256')
    .update(JSON.stringify([exchange.endpoint, prepared.provider.id, prepared.path, customer]))
    .update(body)
    .digest();
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
  delivery: Delivery,
  ports: Pick<GatewayPorts, 'responseCache' | 'report'>,
): Promise<boolean> {
  const kept = await ports.responseCache.find(exchange.caller.organizationId, digest).catch((error: unknown) => {
    // A cache that can't be read is a cache that has nothing.
    ports.report('The response cache could not be read', error);
    return null;
  });
  if (!kept) return false;
  exchange.cacheHit = true;
  delivery.head(200, { 'content-type': kept.contentType, 'x-respan-cache': 'hit' });
  delivery.chunk(kept.body);
  delivery.end();
  return true;
}

/** Keeps a whole, good answer. Called after its log was written; nobody waits for it. */
export function keep(exchange: Exchange, digest: Buffer, ports: Pick<GatewayPorts, 'responseCache' | 'report'>): void {
  const contentType = exchange.responseHeaders['content-type'];
  if (exchange.cacheHit || exchange.record?.status !== 'success' || typeof contentType !== 'string') return;
  const encoding = exchange.responseHeaders['content-encoding'];
  const body = decodeContent(exchange.answer(), typeof encoding === 'string' ? encoding : undefined);
  if (!body || body.length === 0 || body.length > MAX_BYTES) return;
  const ttl = exchange.params.cache_ttl ?? DEFAULT_TTL_SECONDS;
  ports.responseCache
    .keep(exchange.caller.organizationId, digest, { contentType, body }, ttl)
    .catch((error: unknown) => ports.report('An answer could not be kept in the response cache', error));
}
