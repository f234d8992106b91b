import { GatewayError } from '../errors';
import type { ChatTranslation, ChatWishes, Provider } from '../providers/provider';
import { parseSseFrame, SseFrames } from '../stream/sse-frames';
import { breakdownChunk, wantsBreakdown } from './breakdown';
import { answerHeaders, chatContext, DONE, EVENT_STREAM, parseJson, sendCompletion } from './chat-answer';
import { type Delivery, type DeliveryContext, isEventStream, ownFailure } from './delivery';

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
      const answer = parseJson(body);
      const failed = exchange.statusCode >= 400;
      if (!failed && answer === undefined)
        throw new GatewayError('provider_broke', "The provider's answer was not valid JSON.");
      const translated = failed
        ? chat.toError(exchange.statusCode, answer ?? body.toString('utf8'))
        : chat.toCompletion([answer], chatContext(context, wishes));
      context.settle();
      if (!failed) return sendCompletion(context, translated);
      outbound.start(exchange.statusCode, answerHeaders(context, 'application/json'));
      outbound.end(JSON.stringify(translated));
    },
    fail(error) {
      throw error;
    },
  };
}

function chatStream(context: DeliveryContext, chat: ChatTranslation, wishes: ChatWishes): Delivery {
  const { exchange, outbound } = context;
  const frames = new SseFrames();
  const stream = chat.createStream(chatContext(context, wishes));
  const finish = (failure?: GatewayError) => {
    const rest = stream.end(0, failure).join('');
    context.settle();
    outbound.end(rest);
  };
  return {
    head: () => outbound.start(200, answerHeaders(context, EVENT_STREAM)),
    chunk(bytes) {
      exchange.capture(bytes);
      let out = '';
      for (const frame of frames.push(bytes)) {
        exchange.meter?.frame(frame);
        const event = parseSseFrame(frame);
        if (!event) continue;
        for (const text of stream.push({ event: event.event, data: parseJson(event.data) })) {
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
    end: () => finish(),
    fail(error) {
      if (!exchange.meter?.ended) exchange.error = error;
      finish(ownFailure(error));
    },
  };
}
