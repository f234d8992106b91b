import { GatewayError } from '../errors';
import type { Exchange } from '../exchange';
import type { Gateway } from '../gateway';
import type { Inbound, Outbound } from '../http/message';
import { isRecord } from '../is-record';
import { contextOf, parseJson, store } from './accept-log';
import { parseLog } from './parse-log';

const LOGS_MAX = 500;
/** So many are read at once; then other requests have their turn. */
const LOGS_A_TURN = 20;

type BulkResult =
  | { readonly index: number; readonly unique_id: string }
  | { readonly index: number; readonly errors: Readonly<Record<string, readonly string[]>> };

/**
 * `POST /api/request-logs/bulk/`: up to 500 logs, each stored or refused by itself. 200 where any was stored, else 422.
 * What came before a journal that is full is stored, and answered as such.
 */
export async function acceptBulk(
  exchange: Exchange,
  inbound: Inbound,
  outbound: Outbound,
  gateway: Gateway,
): Promise<void> {
  exchange.settled = true;
  const logs = logsIn(parseJson(await inbound.readBody(gateway.config.maxLogBytes)));
  const results: BulkResult[] = [];
  for (const [index, log] of logs.entries()) {
    if (index > 0 && index % LOGS_A_TURN === 0) await new Promise((resume) => setImmediate(resume));
    results.push(accept(log, index, exchange, gateway));
  }
  const created = results.filter((result) => 'unique_id' in result).length;
  outbound.start(created > 0 ? 200 : 422, [['content-type', 'application/json']]);
  const message =
    created === logs.length ? 'logs successful' : `${logs.length - created} of ${logs.length} logs were refused`;
  outbound.end(JSON.stringify({ message, created, errors: results.filter((result) => 'errors' in result), results }));
}

function accept(log: unknown, index: number, exchange: Exchange, gateway: Gateway): BulkResult {
  const parsed = parseLog(log, contextOf(exchange, gateway.ports.newId(), gateway));
  if (!parsed.ok) return { index, errors: parsed.errors };
  try {
    store(parsed.record, gateway.ports);
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    return { index, errors: { log: [error.message] } };
  }
  return { index, unique_id: parsed.record.id };
}

function logsIn(body: unknown): readonly unknown[] {
  const logs = isRecord(body) ? body.logs : body;
  const problem = !Array.isArray(logs)
    ? 'Send {"logs": [...]}.'
    : logs.length === 0 || logs.length > LOGS_MAX
      ? `Send from 1 to ${LOGS_MAX} logs; these are ${logs.length}.`
      : null;
  if (!Array.isArray(logs) || problem !== null)
    throw new GatewayError('validation', 'Validation error', { fields: { logs: [problem ?? ''] } });
  return logs;
}
