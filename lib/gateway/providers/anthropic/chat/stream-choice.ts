import { ChunkWriter, errorFrame, PING } from './chunk-writer';
import { toStreamError } from './error';
import { completionId, refusalText, toFinishReason } from './finish';
import { asRecord, asString, type JsonRecord } from './json';
import type { CompletionContext } from './response';
import { StreamBlocks } from './stream-blocks';
import { mergeUsage } from './usage';

export interface StreamContext extends CompletionContext {
  readonly includeUsage: boolean;
  /** How many answers are streamed as one, each a choice of its own; 1 where it is left out. */
  readonly choices?: number;
}

/** One provider's stream as one choice of an OpenAI stream. Never throws. */
export class ChoiceStream {
  /** Where the provider's stream is: still running, at its own end, or at an error that was passed on. */
  state: 'open' | 'finished' | 'failed' = 'open';
  /** As far as it was reported. */
  usage: JsonRecord = {};
  readonly #legacy: boolean;
  readonly #blocks: StreamBlocks;
  #writer: ChunkWriter;
  #stopReason: unknown = null;
  #stopDetails: unknown = null;
  #started = false;

  constructor(
    private readonly context: StreamContext,
    private readonly index: number,
  ) {
    this.#legacy = context.legacyFunctions === true;
    this.#blocks = new StreamBlocks(this.#legacy);
    this.#writer = this.#writerFor(context.requestedModel);
  }

  /** What comes after all choices is written in the words of any of them. */
  get writer(): ChunkWriter {
    return this.#writer;
  }

  push(event: { event: string; data: unknown }): string[] {
    if (this.state !== 'open') return [];
    const data = asRecord(event.data);
    switch (data.type ?? event.event) {
      case 'content_block_delta':
        return this.#blocks.delta(data, this.#writer);
      case 'content_block_start':
        return [...this.#start({}), ...this.#blocks.start(data, this.#writer)];
      case 'content_block_stop':
        return this.#blocks.stop(data, this.#writer);
      case 'message_start':
        return this.#start(asRecord(data.message));
      case 'message_delta':
        this.#noteEnd(data);
        return [];
      case 'message_stop':
        return this.#finish();
      case 'ping':
        return [PING];
      case 'error':
        this.state = 'failed';
        return [errorFrame(toStreamError(data))];
      default:
        return [];
    }
  }

  #start(message: JsonRecord): string[] {
    if (this.#started) return [];
    this.#started = true;
    this.usage = mergeUsage(this.usage, message.usage);
    this.#writer = this.#writerFor(asString(message.model) || this.context.requestedModel);
    return [this.#writer.delta({ role: 'assistant', content: '' })];
  }

  #noteEnd(data: JsonRecord): void {
    const delta = asRecord(data.delta);
    this.#stopReason = delta.stop_reason ?? this.#stopReason;
    this.#stopDetails = delta.stop_details ?? this.#stopDetails;
    this.usage = mergeUsage(this.usage, data.usage);
  }

  #finish(): string[] {
    const texts = this.#start({});
    const extras = this.#blocks.extras();
    const refusal = refusalText(this.#stopReason, this.#stopDetails);
    if (refusal !== null) extras.refusal = refusal;
    if (Object.keys(extras).length > 0) texts.push(this.#writer.delta(extras));
    texts.push(this.#writer.finish(toFinishReason(this.#stopReason, this.#legacy)));
    this.state = 'finished';
    return texts;
  }

  #writerFor(model: string): ChunkWriter {
    const { id, createdSeconds, includeUsage } = this.context;
    return new ChunkWriter({ id: completionId(id), createdSeconds, model, includeUsage, index: this.index });
  }
}
