import { GatewayError, toGatewayError } from '../errors';
import type { Exchange } from '../exchange';
import type { Gateway } from '../gateway';
import { identityHeaders } from '../http/headers';
import type { Inbound, Outbound } from '../http/message';
import type { LogIntent, LogRecord } from '../log-record';
import { intend } from '../steps/intend';
import { type LogContext, parseLog } from './parse-log';

/** `POST /api/request-logs/create/`: a call made elsewhere becomes a log like any other. Answered once it is durable. */
export async function acceptLog(
  exchange: Exchange,
  inbound: Inbound,
  outbound: Outbound,
  gateway: Gateway,
): Promise<void> {
  // A refused log is not a request of the caller's own traffic: it is answered, and leaves no row.
  exchange.settled = true;
  const { ports, config } = gateway;
  const body = parseJson(await inbound.readBody(config.maxLogBytes));
  const parsed = parseLog(body, contextOf(exchange, exchange.id, gateway));
  if (!parsed.ok) throw new GatewayError('validation', 'Validation error', { fields: parsed.errors });
  store(parsed.record, ports);
  outbound.start(200, [['content-type', 'application/json'], ...identityHeaders(parsed.record.id)]);
  outbound.end(JSON.stringify({ message: 'log successful', unique_id: parsed.record.id }));
}

/** What a log that was sent to us doesn't say itself. */
export function contextOf({ caller, startedAt, endpoint }: Exchange, id: string, { ports }: Gateway): LogContext {
  const { organizationId, apiKeyId, environment } = caller;
  return { organizationId, apiKeyId, environment, id, now: startedAt, endpoint, price: ports.price };
}

/** Durable when it returns. @throws GatewayError unavailable where the journal can't take it */
export function store(record: LogRecord, ports: Gateway['ports']): void {
  // A journal that can't take it says so here; `settle` would have to keep it in memory.
  intend(intentOf(record), ports);
  ports.journal.settle(record);
}

function intentOf({
  id,
  organizationId,
  environment,
  apiKeyId,
  endpoint,
  requestedModel,
  startedAt,
  stream,
}: LogRecord): LogIntent {
  return { id, organizationId, environment, apiKeyId, endpoint, requestedModel, startedAt, stream };
}

/** @throws GatewayError invalid_json */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw new GatewayError('invalid_json', 'Invalid request format', { cause: toGatewayError(error) });
  }
}
