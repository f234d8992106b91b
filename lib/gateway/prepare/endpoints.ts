import type { Readable } from 'node:stream';
import { withOwnResultsUrls } from '../deliver/results-urls';
import { GatewayError } from '../errors';
import type { Exchange } from '../exchange';
import type { Inbound, IncomingHttpHeaders } from '../http/message';
import type { Provider } from '../providers/provider';
import { type ParsedParams, parseParams } from '../steps/parse-params';
import { mayHoldParams, readContainers } from '../steps/read-containers';
import { header, messageOf, without } from './describe';
import { anthropicProvider } from './messages';
import { noteOn, type Prepared } from './prepared';

/**
 * Anthropic's other endpoints: files, batches, models and those we do not know. What is sent passes as it comes, but for whole
 * sets of our parameters in JSON of a modest length.
 * @param ownUrl where callers of this installation reach Anthropic's paths
 * @throws GatewayError invalid_parameter, too_large
 */
export async function prepareEndpoint(
  exchange: Exchange,
  inbound: Inbound,
  path: string,
  ownUrl: string,
): Promise<Prepared> {
  const message = messageOf(inbound, path);
  const endpoint = { exchange, provider: anthropicProvider(), ownUrl, path };
  if (!mayHoldParams(inbound.headers)) {
    // Before the upload is opened: once it is, somebody has to read it.
    const parsed = parseParams({}, inbound.headers);
    const upload = uploadOf(inbound, path);
    const length = upload ? header(inbound, 'content-length') : undefined;
    const headers = length === undefined ? message.headers : [...message.headers, 'content-length', length];
    return finish(endpoint, { ...message, headers, body: null, upload }, parsed);
  }
  const raw = await inbound.readBody(Number(header(inbound, 'content-length')));
  exchange.received = raw;
  const found = readContainers(raw, inbound.headers);
  const parsed = parseParams({ ...found?.respan }, inbound.headers);
  if (!found) return finish(endpoint, { ...message, body: raw }, parsed);
  const alterations = [`took out ${found.taken.join(', ')}`];
  const headers = without(message.headers, 'content-encoding');
  return finish(endpoint, { ...message, headers, body: found.bytes, alterations }, parsed);
}

interface Endpoint {
  readonly exchange: Exchange;
  readonly provider: Provider;
  readonly ownUrl: string;
  readonly path: string;
}

type Message = Omit<Prepared, 'provider' | 'model' | 'retarget'>;

function finish({ exchange, provider, ownUrl, path }: Endpoint, message: Message, parsed: ParsedParams): Prepared {
  const { params, warnings } = parsed;
  exchange.params = params;
  exchange.warnings.push(...warnings);
  const prepared = {
    ...message,
    provider,
    model: '',
    rewriteAnswer: isBatch(path)
      ? (answer: Buffer, providerUrl: string) => own(answer, providerUrl, ownUrl)
      : undefined,
    retarget(other: Provider): Prepared {
      if (other.id === provider.id) return prepared;
      throw new GatewayError('unknown_model', `${other.name} does not speak Anthropic's API.`);
    },
  };
  noteOn(exchange, prepared);
  return prepared;
}

function own(body: Buffer, providerUrl: string, ownUrl: string): ReturnType<NonNullable<Prepared['rewriteAnswer']>> {
  const answer = withOwnResultsUrls(body, providerUrl, ownUrl);
  return answer && { answer, alteration: "answered results_url with this server's address" };
}

/** One batch or the list of them, and not its results. */
function isBatch(path: string): boolean {
  return /^\/v1\/messages\/batches(\/[^/]+(\/cancel)?)?$/.test(path);
}

/** Messages and token counts are read, whatever method and type they come with. */
export function isRead({ headers }: Inbound, path: string): boolean {
  return hasBody(headers) && (path === '/v1/messages' || path === '/v1/messages/count_tokens');
}

const MB = 1024 * 1024;
/** What the provider itself takes, by endpoint. */
const UPLOAD_LIMITS: Readonly<Record<string, number>> = { '/v1/files': 500 * MB, '/v1/messages/batches': 256 * MB };
const OTHER_LIMIT = 32 * MB;

function uploadOf(inbound: Inbound, path: string): Readable | null {
  if (!hasBody(inbound.headers)) return null;
  // A multipart body is a little longer than the file in it.
  return inbound.openBody((UPLOAD_LIMITS[path] ?? OTHER_LIMIT) + MB);
}

function hasBody({ 'content-length': length, 'transfer-encoding': chunked }: IncomingHttpHeaders): boolean {
  return chunked !== undefined || (length !== undefined && length !== '0');
}
