import type { Exchange } from '../exchange';
import type { Prepared } from '../prepare/prepared';
import type { Hedge, Hedging } from '../routing/hedging';

/** What can be asked twice without doing anything twice: no uploads, no batches, nothing a provider keeps. */
const HEDGED: ReadonlySet<string> = new Set(['chat', 'count_tokens', 'embedding']);

/** Whether a call may be hedged: the request says so, or its key does. Null where not. */
export function planHedge(exchange: Exchange, prepared: Prepared, hedging: Hedging): Hedge | null {
  const { params, caller } = exchange;
  const asked = params.hedge ?? caller.hedges;
  if (!asked) return null;
  const parallel = (prepared.translate?.choices ?? 1) > 1;
  if (!HEDGED.has(exchange.logType) || !prepared.body || parallel) {
    if (params.hedge) exchange.routeWarnings.push('hedge was left out: this call is not one that can be sent twice.');
    return null;
  }
  return hedging.begin(caller.apiKeyId, exchange.stream, asked === true ? null : (asked.after_ms ?? null));
}
