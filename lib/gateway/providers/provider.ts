import type { Usage } from '../usage';

/** What a meter has read of an answer so far. */
export interface Reading {
  readonly usage: Usage | null;
  /** The model as the provider names it. */
  readonly model: string | null;
  readonly stopReason: string | null;
  /** An error the provider reported, in the body or in mid-stream. */
  readonly error: { readonly type: string; readonly message: string } | null;
  /** Whether the answer reached its own end; false for a stream that was cut. */
  readonly complete: boolean;
  readonly replyPreview: string | null;
}

/** Reads one answer in its provider's own wire format, beside the bytes that go to the caller. Never throws. */
export interface Meter {
  /** A whole JSON answer. */
  json(body: Buffer): void;
  /** One frame of a stream. Called for every delta: must cost next to nothing. */
  frame(frame: Buffer): void;
  /** Whether content has begun: the moment of the time to first token. */
  readonly contentBegan: boolean;
  /** Whether the stream has said its last word, finished or failed. */
  readonly ended: boolean;
  /** @param relayed what was sent on so far, for an estimate where the provider reported no output */
  reading(relayed: () => Buffer): Reading;
}

/** Turns OpenAI chat completions into a provider's own requests and back. */
export interface ChatTranslation {
  readonly path: string;
  /** Headers the provider wants, names and values in turn. */
  readonly headers: readonly string[];
  toRequest(
    body: unknown,
  ):
    | ({ ok: true; request: Record<string, unknown>; warnings: readonly string[] } & ChatWishes)
    | { ok: false; message: string; param: string | null };
  toCompletion(answer: unknown, context: ChatContext): Record<string, unknown>;
  toError(status: number, body: unknown): Record<string, unknown>;
  createStream(context: ChatContext): ChatStream;
}

/** What the caller wants of the answer's form. */
export interface ChatWishes {
  /** A last chunk with the usage. */
  readonly includeUsage: boolean;
  /** The older function_call instead of tool_calls. */
  readonly legacyFunctions: boolean;
}

export interface ChatContext extends ChatWishes {
  readonly id: string;
  readonly createdSeconds: number;
  readonly requestedModel: string;
}

/** Returns event texts that are ready to be sent. */
export interface ChatStream {
  push(event: { event: string; data: unknown }): string[];
  /** The provider's stream is over, cleanly or not. */
  end(): string[];
}

/** All that is particular to a provider. */
export interface Provider {
  readonly id: string;
  readonly name: string;
  /** Whether a model name without a provider prefix is one of its. */
  servesModel(model: string): boolean;
  /** The headers that carry a credential, names and values in turn. */
  credentialHeaders(secret: string): readonly string[];
  createMeter(): Meter;
  /** The error frame that ends a broken stream in the provider's own protocol. */
  streamError(message: string): string;
  readonly chat: ChatTranslation;
}
