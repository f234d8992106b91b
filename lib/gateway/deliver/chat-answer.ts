import { clientHeaders, identityHeaders } from '../http/headers';
import type { ChatContext, ChatWishes } from '../providers/provider';
import { breakdownOf, wantsBreakdown } from './breakdown';
import { type DeliveryContext, timingHeader } from './delivery';

/** What the translated answers have in common, whether one call gives them or several. */

export const DONE = 'data: [DONE]\n\n';
export const EVENT_STREAM = 'text/event-stream; charset=utf-8';

export function answerHeaders({ exchange }: DeliveryContext, contentType: string): [string, string][] {
  const dropped = new Set(['content-type', 'content-encoding']);
  const warnings = [...exchange.routeWarnings, ...exchange.warnings].slice(0, 5).join(' ');
  return [
    ...clientHeaders(exchange.responseHeaders, false).filter(([name]) => !dropped.has(name)),
    ['content-type', contentType],
    ...(warnings ? [['x-respan-warnings', headerText(warnings)] as [string, string]] : []),
    ...identityHeaders(exchange.id).map(([name, value]): [string, string] => [name, value]),
    timingHeader(exchange),
  ];
}

export function chatContext({ exchange }: DeliveryContext, wishes: ChatWishes): ChatContext {
  return {
    ...wishes,
    id: `chatcmpl-${exchange.id}`,
    createdSeconds: Math.floor(exchange.startedAt / 1000),
    requestedModel: exchange.requestedModel ?? '',
  };
}

/** Sends a completion whose log was written, with its breakdown where the caller asked for one. */
export function sendCompletion(context: DeliveryContext, completion: Record<string, unknown>): void {
  const { exchange, outbound } = context;
  const extra = wantsBreakdown(exchange) ? { request_breakdown: breakdownOf(exchange, firstMessage(completion)) } : {};
  outbound.start(exchange.statusCode, answerHeaders(context, 'application/json'));
  outbound.end(JSON.stringify({ ...completion, ...extra }));
}

/** Undefined for what is no JSON. */
export function parseJson(json: Buffer | string): unknown {
  try {
    return JSON.parse(json.toString());
  } catch {
    return undefined;
  }
}

function firstMessage({ choices }: Record<string, unknown>): unknown {
  const first: unknown = Array.isArray(choices) ? choices[0] : null;
  return typeof first === 'object' && first !== null && 'message' in first ? first.message : null;
}

/** Header values are latin1 and hold no line breaks. */
function headerText(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 1000);
}
