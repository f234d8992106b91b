import { ChunkWriter, DONE, errorFrame, PING } from './chunk-writer';
import { toStreamError } from './error';
import { completionId, refusalText, toFinishReason } from './finish';
import { asRecord, asString, type JsonRecord } from './json';
import type { CompletionContext } from './response';
import { StreamBlocks } from './stream-blocks';
import { mergeUsage, toChatUsage } from './usage';

export interface ChatStream {
  /** Takes one event of the provider's stream, returns the SSE texts to send for it. Never throws. */
  push(event: { event: string; data: unknown }): string[];
  /** Call when the provider's stream ended: says so to the client where it ended too early. */
  end(): string[];
}

/** Turns the events of an Anthropic stream into the SSE texts of an OpenAI one. `[DONE]` follows only a clean end. */
export function createChatStream(context: CompletionContext & { includeUsage: boolean }): ChatStream {
  const legacy = context.legacyFunctions === true;
  const blocks = new StreamBlocks(legacy);
  let writer = writerFor(context.requestedModel);
  let usage: JsonRecord = {};
  let stopReason: unknown = null;
  let stopDetails: unknown = null;
  let started = false;
  let over = false;

  function writerFor(model: string): ChunkWriter {
    const { createdSeconds, includeUsage } = context;
    return new ChunkWriter({ id: completionId(context.id), createdSeconds, model, includeUsage });
  }

  function start(message: JsonRecord): string[] {
    if (started) return [];
    started = true;
    usage = mergeUsage(usage, message.usage);
    writer = writerFor(asString(message.model) || context.requestedModel);
    return [writer.delta({ role: 'assistant', content: '' })];
  }

  function finish(): string[] {
    const texts = start({});
    const extras = blocks.extras();
    const refusal = refusalText(stopReason, stopDetails);
    if (refusal !== null) extras.refusal = refusal;
    if (Object.keys(extras).length > 0) texts.push(writer.delta(extras));
    texts.push(writer.finish(toFinishReason(stopReason, legacy)));
    if (context.includeUsage) texts.push(writer.usage(toChatUsage(usage)));
    texts.push(DONE);
    over = true;
    return texts;
  }

  function noteEnd(data: JsonRecord): void {
    const delta = asRecord(data.delta);
    stopReason = delta.stop_reason ?? stopReason;
    stopDetails = delta.stop_details ?? stopDetails;
    usage = mergeUsage(usage, data.usage);
  }

  return {
    push(event) {
      if (over) return [];
      const data = asRecord(event.data);
      switch (data.type ?? event.event) {
        case 'content_block_delta':
          return blocks.delta(data, writer);
        case 'content_block_start':
          return [...start({}), ...blocks.start(data, writer)];
        case 'content_block_stop':
          return blocks.stop(data, writer);
        case 'message_start':
          return start(asRecord(data.message));
        case 'message_delta':
          noteEnd(data);
          return [];
        case 'message_stop':
          return finish();
        case 'ping':
          return [PING];
        case 'error':
          over = true;
          return [errorFrame(toStreamError(data))];
        default:
          return [];
      }
    },
    end() {
      if (over) return [];
      over = true;
      const message = "The provider's stream ended early.";
      return [errorFrame({ message, type: 'api_error', param: null, code: 'stream_ended_early' })];
    },
  };
}
