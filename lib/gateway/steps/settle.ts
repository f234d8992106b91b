import type { Exchange } from '../exchange';
import { storedHeaders } from '../http/headers';
import { firstLine } from '../ingest/preview';
import type { ErrorCause, LogRecord } from '../log-record';
import type { GatewayPorts } from '../ports';
import type { Reading } from '../providers/provider';
import { decodeContent } from '../stream/decode';
import { billOf } from './bill';
import { loggedParams } from './logged-params';

/** The status of a call whose client left; there is no standard one, nginx's is the best known. */
const CLIENT_CLOSED = 499;
const MESSAGE_MAX = 1000;

/** Writes the exchange's log, exactly once: finished, failed or abandoned. Durable when it returns, and never throws. */
export function settle(exchange: Exchange, ports: Pick<GatewayPorts, 'journal' | 'price' | 'report'>): void {
  if (exchange.settled) return;
  exchange.settled = true;
  try {
    // A stream is settled at its last event, a moment before the attempt ends.
    exchange.endAttempts(
      exchange.statusCode || null,
      exchange.aborted ? 'the client left' : (exchange.error?.message ?? 'ok'),
    );
    if (omitted(exchange)) return;
    const record = toRecord(exchange, ports);
    exchange.record = exchange.cacheHit ? { ...record, ...CACHE_HIT } : record;
    ports.journal.settle(exchange.record);
  } catch (error) {
    ports.report(`The log of ${exchange.id} could not be built`, error);
  } finally {
    exchange.onSettled?.(exchange.record);
  }
}

/** How the log of a cached answer reads: its own model tag, free, and nothing was used. */
const CACHE_HIT = {
  model: 'respan/cache',
  usage: null,
  cost: { costNanoUsd: 0n, parts: [], modifiers: ['cached answer'], source: 'respan' },
  owedNanoUsd: '0',
} satisfies Partial<LogRecord>;

function omitted({ cacheHit, params: { cache_options: options } }: Exchange): boolean {
  return cacheHit && (options?.omit_log === true || options?.omit_logs === true);
}

function toRecord(exchange: Exchange, ports: Pick<GatewayPorts, 'price'>): LogRecord {
  const { target, params } = exchange;
  const encoding = exchange.responseHeaders['content-encoding'];
  const plain = () => decodeContent(exchange.answer(), typeof encoding === 'string' ? encoding : undefined);
  const { reading, model, cost, owedNanoUsd } = billOf(exchange, plain, ports);
  const { usage } = reading;
  const status = exchange.status(reading.complete);
  const failure = status === 'error' ? describeFailure(exchange, reading) : null;
  const failureMessage = failure && scrub(exchange, failure.message);
  const keepBodies = params.disable_log !== true;
  const logged = loggedParams(params);
  // Written out, not spread: a spread first in a literal this wide costs a hundred times the rest of the record.
  const { id, organizationId, environment, apiKeyId, endpoint, requestedModel, startedAt, stream } = exchange.intent();
  return {
    id,
    organizationId,
    environment,
    apiKeyId,
    endpoint,
    requestedModel,
    startedAt,
    stream,
    simulated: target?.credential.simulated ?? false,
    logMethod: 'inference',
    logType: exchange.logType,
    provider: target?.provider.id ?? null,
    model,
    status,
    statusCode: exchange.aborted ? CLIENT_CLOSED : exchange.statusCode,
    errorCause: failure?.cause ?? null,
    errorType: failure?.type ?? null,
    errorMessage: failureMessage?.slice(0, MESSAGE_MAX) ?? null,
    stopReason: reading.stopReason,
    latencyMs: Math.round(exchange.elapsedMs()),
    ttftMs: exchange.firstContentMs === null ? null : Math.round(exchange.firstContentMs),
    usage,
    cost,
    owedNanoUsd: String(owedNanoUsd),
    credentialSource: target?.credential.source ?? null,
    credentialId: target?.credential.id ?? null,
    credentialHint: target?.credential.lastFour ?? null,
    untouched: exchange.alterations.length === 0,
    alterations: exchange.alterations,
    warnings: [...exchange.routeWarnings, ...exchange.warnings],
    attempts: exchange.attempts,
    promptPreview: keepBodies ? previewOrNull(exchange) : null,
    replyPreview: keepBodies
      ? (reading.replyPreview ?? (failureMessage === null ? null : firstLine(failureMessage, 160)))
      : null,
    customerIdentifier: logged.customerIdentifier,
    threadIdentifier: logged.threadIdentifier,
    customIdentifier: logged.customIdentifier,
    metadata: logged.metadata,
    payload: keepBodies
      ? {
          request: exchange.loggedRequest,
          response: status === 'error' ? scrub(exchange, plain()?.toString('utf8') ?? '') || null : plain(),
          requestHeaders: storedHeaders(exchange.requestHeaders),
          responseHeaders: responseHeadersOf(exchange),
        }
      : null,
  };
}

function describeFailure(exchange: Exchange, reading: Reading): { cause: ErrorCause; type: string; message: string } {
  if (exchange.error)
    return { cause: exchange.error.blame, type: exchange.error.code, message: exchange.error.message };
  if (reading.error)
    return { cause: blame(exchange.statusCode), type: reading.error.type, message: reading.error.message };
  if (exchange.statusCode >= 400)
    return {
      cause: blame(exchange.statusCode),
      type: `http_${exchange.statusCode}`,
      message: `The provider answered ${exchange.statusCode}.`,
    };
  return { cause: 'provider', type: 'stream_cut', message: "The provider's answer ended before it was complete." };
}

/** Overload, limits and faults are the provider's; what it refuses as wrong is the caller's. 200 is a fault in mid-stream. */
function blame(status: number): ErrorCause {
  return status < 400 || status >= 500 || status === 429 || status === 408 ? 'provider' : 'caller';
}

/** Providers may quote a key in an error. */
function scrub(exchange: Exchange, text: string): string {
  const secret = exchange.target?.credential.secret;
  return secret && text.includes(secret) ? text.replaceAll(secret, '[credential]') : text;
}

/** What the provider said, and the gateway's own times beside it. */
function responseHeadersOf(exchange: Exchange): Record<string, string> {
  const headers = storedHeaders(exchange.responseHeaders);
  for (const name in headers) headers[name] = scrub(exchange, headers[name] ?? '');
  headers['x-respan-timing'] = exchange.serverTiming();
  return headers;
}

/** A body the provider refused as malformed has no preview. */
function previewOrNull(exchange: Exchange): string | null {
  try {
    return exchange.promptPreview();
  } catch {
    return null;
  }
}
