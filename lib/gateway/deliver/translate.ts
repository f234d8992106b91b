import { GatewayError } from '../errors';
import { clientHeaders, identityHeaders } from '../http/headers';
import type { ChatTranslation, ChatWishes, Provider } from '../providers/provider';
import { parseSseFrame, SseFrames } from '../stream/sse-frames';
import { breakdownChunk, breakdownOf, wantsBreakdown } from './breakdown';
import { type Delivery, type DeliveryContext, isEventStream, timingHeader } from './delivery';

/** The provider's answer as an OpenAI chat completion. The log keeps the provider's own bytes. */
export function translateChat(context: DeliveryContext, provider: Provider, wishes: ChatWishes): Delivery {
  const { chat } = provider;
  if (!chat) throw new GatewayError('internal', `${provider.name} needs no translation.`);
  let active: Delivery | null = null;
  return {
    head(status, headers) {
      const { exchange } = context;
      exchange.statusCode = status;
      exchange.responseHeaders = headers;
      exchange.meter = provider.createMeter();
      active = isEventStream(headers) ? chatStream(context, chat, wishes) : chatJson(context, chat, wishes);
      active.head(status, headers);
    },
    chunk: (bytes) => active?.chunk(bytes) ?? true,
    end: () => active?.end(),
    fail: (error) => active?.fail(error),
  };
}

function answerHeaders({ exchange }: DeliveryContext, contentType: string): [string, string][] {
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

function chatContext({ exchange }: DeliveryContext, wishes: ChatWishes) {
  return {
    ...wishes,
    id: `chatcmpl-${exchange.id}`,
    createdSeconds: Math.floor(exchange.startedAt / 1000),
    requestedModel: exchange.requestedModel ?? '',
  };
}

function chatJson(context: DeliveryContext, chat: ChatTranslation, wishes: ChatWishes): Delivery {
  const { exchange, outbound } = context;
  return {
    head() {},
    chunk(bytes) {
      exchange.capture(bytes);
      return true;
    },
    end() {
      const body = exchange.answer();
      exchange.meter?.json(body);
      const answer = parse(body);
      const failed = exchange.statusCode >= 400;
      if (!failed && answer === undefined)
        throw new GatewayError('provider_broke', "The provider's answer was not valid JSON.");
      const translated = failed
        ? chat.toError(exchange.statusCode, answer ?? body.toString('utf8'))
        : chat.toCompletion(answer, chatContext(context, wishes));
      context.settle();
      const extra =
        !failed && wantsBreakdown(exchange)
          ? { request_breakdown: breakdownOf(exchange, firstMessage(translated)) }
          : {};
      outbound.start(exchange.statusCode, answerHeaders(context, 'application/json'));
      outbound.end(JSON.stringify({ ...translated, ...extra }));
    },
    fail(error) {
      throw error;
    },
  };
}

const DONE = 'data: [DONE]\n\n';

function chatStream(context: DeliveryContext, chat: ChatTranslation, wishes: ChatWishes): Delivery {
  const { exchange, outbound } = context;
  const frames = new SseFrames();
  const stream = chat.createStream(chatContext(context, wishes));
  const finish = () => {
    const rest = stream.end().join('');
    context.settle();
    outbound.end(rest);
  };
  return {
    head: () => outbound.start(200, answerHeaders(context, 'text/event-stream; charset=utf-8')),
    chunk(bytes) {
      exchange.capture(bytes);
      let out = '';
      for (const frame of frames.push(bytes)) {
        exchange.meter?.frame(frame);
        const event = parseSseFrame(frame);
        if (!event) continue;
        for (const text of stream.push({ event: event.event, data: parse(event.data) })) {
          if (text === DONE && wantsBreakdown(exchange)) {
            context.settle();
            out += breakdownChunk(exchange);
          }
          out += text;
        }
      }
      if (exchange.firstContentMs === null && exchange.meter?.contentBegan)
        exchange.firstContentMs = exchange.elapsedMs();
      if (exchange.meter?.ended) context.settle();
      return out === '' || outbound.write(out);
    },
    end: finish,
    fail(error) {
      if (!exchange.meter?.ended) exchange.error = error;
      finish();
    },
  };
}

function firstMessage({ choices }: Record<string, unknown>): unknown {
  const first: unknown = Array.isArray(choices) ? choices[0] : null;
  return typeof first === 'object' && first !== null && 'message' in first ? first.message : null;
}

function parse(json: Buffer | string): unknown {
  try {
    return JSON.parse(json.toString());
  } catch {
    return undefined;
  }
}

/** Header values are latin1 and hold no line breaks. */
function headerText(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 1000);
}
