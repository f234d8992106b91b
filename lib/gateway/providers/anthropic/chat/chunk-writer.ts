import type { ChatError } from './error';
import type { FinishReason } from './finish';
import type { ChatUsage } from './usage';

export const PING = ': ping\n\n';
export const DONE = 'data: [DONE]\n\n';

/**
 * Writes chat completion chunks as SSE texts. Everything that is the same in each chunk of a stream is joined once,
 * because this runs for every token.
 */
export class ChunkWriter {
  readonly #head: string;
  readonly #beforeDelta: string;
  readonly #afterDelta: string;
  readonly #beforeText: string;
  readonly #afterText: string;
  readonly #usageTail: string;

  constructor(options: { id: string; createdSeconds: number; model: string; includeUsage: boolean; index: number }) {
    const { id, createdSeconds, model, includeUsage, index } = options;
    this.#head = `data: {"id":${JSON.stringify(id)},"object":"chat.completion.chunk","created":${createdSeconds},"model":${JSON.stringify(model)},"system_fingerprint":null,"choices":`;
    // With include_usage OpenAI puts a null usage into all chunks but the last.
    this.#usageTail = includeUsage ? ',"usage":null}\n\n' : '}\n\n';
    this.#beforeDelta = `${this.#head}[{"index":${index},"delta":`;
    this.#afterDelta = `,"logprobs":null,"finish_reason":null}]${this.#usageTail}`;
    this.#beforeText = `${this.#beforeDelta}{"content":`;
    this.#afterText = `}${this.#afterDelta}`;
  }

  text(content: string): string {
    return this.#beforeText + JSON.stringify(content) + this.#afterText;
  }

  delta(delta: object): string {
    return this.#beforeDelta + JSON.stringify(delta) + this.#afterDelta;
  }

  finish(reason: FinishReason): string {
    return `${this.#beforeDelta}{},"logprobs":null,"finish_reason":"${reason}"}]${this.#usageTail}`;
  }

  usage(usage: ChatUsage): string {
    return `${this.#head}[],"usage":${JSON.stringify(usage)}}\n\n`;
  }
}

export function errorFrame(error: ChatError): string {
  return `data: ${JSON.stringify({ error })}\n\n`;
}
