import type { Exchange } from '../exchange';
import type { LogRecord } from '../log-record';
import { promptTokens } from '../usage';

/** `request_breakdown`: what the log says of a call, given to the caller with the answer. */

/** Whether the caller asked for it. */
export function wantsBreakdown({ params }: Exchange): boolean {
  return params.request_breakdown === true;
}

/** Null until the log was written. Times are in seconds and money is in dollars, as the documented fields are. */
export function breakdownOf({ record, params }: Exchange, answer: unknown): Record<string, unknown> | null {
  if (!record) return null;
  return {
    prompt_tokens: record.usage ? promptTokens(record.usage) : 0,
    completion_tokens: record.usage?.outputTokens ?? 0,
    cost: record.cost ? Number(record.cost.costNanoUsd) / 1e9 : null,
    prompt_messages: promptMessages(record),
    completion_message: answer,
    model: record.model,
    cached: record.model === 'respan/cache',
    timestamp: new Date(record.startedAt + (record.latencyMs ?? 0)).toISOString(),
    status_code: record.statusCode,
    stream: record.stream,
    latency: (record.latencyMs ?? 0) / 1000,
    time_to_first_token: record.ttftMs === null ? null : record.ttftMs / 1000,
    routing_time: (record.attempts[0]?.startedAfterMs ?? 0) / 1000,
    metadata: params.metadata ?? {},
    log_id: record.id,
  };
}

/** The extra last chunk of a stream, as the reference describes it: ready to be sent before `[DONE]`. */
export function breakdownChunk(exchange: Exchange): string {
  const breakdown = breakdownOf(exchange, null);
  if (!breakdown) return '';
  const choice = { index: 0, delta: { content: null }, finish_reason: null, request_breakdown: breakdown };
  const chunk = {
    id: 'request_breakdown',
    object: 'chat.completion.chunk',
    created: Math.floor(exchange.startedAt / 1000),
    model: 'extra_parameter',
    choices: [choice],
  };
  return `data: ${JSON.stringify(chunk)}\n\n`;
}

function promptMessages({ payload }: LogRecord): unknown {
  try {
    const body: unknown = JSON.parse(String(payload?.request ?? 'null'));
    return typeof body === 'object' && body !== null && 'messages' in body ? body.messages : [];
  } catch {
    return [];
  }
}
