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

/** Of an answer that says nothing. */
export const NOTHING_READ: Reading = {
  usage: null,
  model: null,
  stopReason: null,
  error: null,
  complete: true,
  replyPreview: null,
};

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
  /** The connection closed in order: a stream that has no last word of its own may be over by that. */
  closed(): void;
  /**
   * @param relayed what was sent on so far, for an estimate where the provider reported no output
   * @param sent the caller's request, for an estimate where it reported no input either
   */
  reading(relayed: () => Buffer, sent: () => Buffer | null): Reading;
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
  /** @param answers one for each choice */
  toCompletion(answers: readonly unknown[], context: ChatContext): Record<string, unknown>;
  toError(status: number, body: unknown): Record<string, unknown>;
  createStream(context: ChatContext): ChatStream;
}

/** What the caller wants of the answer's form. */
export interface ChatWishes {
  /** A last chunk with the usage. */
  readonly includeUsage: boolean;
  /** The older function_call instead of tool_calls. */
  readonly legacyFunctions: boolean;
  /** How many answers, each by a call of its own. */
  readonly choices: number;
}

/** Why a stream was broken off. */
export interface StreamFailure {
  readonly message: string;
  readonly type: string;
}

export interface ChatContext extends ChatWishes {
  readonly id: string;
  readonly createdSeconds: number;
  readonly requestedModel: string;
}

/** Returns event texts that are ready to be sent. */
export interface ChatStream {
  /**
   * Takes one event of a provider's stream. Never throws.
   * @param choice which of several streams it came from, from 0
   */
  push(event: { event: string; data: unknown }, choice?: number): string[];
  /** A provider's stream is over, cleanly or not. @param failure why it was broken off, where that is known */
  end(choice?: number, failure?: StreamFailure): string[];
  /** Whether the last word was said: all choices are finished, or one failed. */
  readonly over: boolean;
}

/** An endpoint of ours that speaks OpenAI's language. */
export type OpenAiOperation = 'chat' | 'responses' | 'embeddings';

/** A model as the catalogue lists it. */
export interface CatalogueModel {
  readonly id: string;
  readonly contextWindowTokens: number;
}

/** All that is particular to a provider. */
export interface Provider {
  readonly id: string;
  readonly name: string;
  /** What a person gets by connecting it, in a sentence. */
  readonly serves: string;
  /** Its current models; null where the price list knows them, of which those are shown that `lists` picks. */
  readonly models: readonly CatalogueModel[] | null;
  lists(model: string): boolean;
  /** Whether a model name without a provider prefix is one of its. */
  servesModel(model: string): boolean;
  /** Set for providers an organization added itself: the only address they are called at, and only if it is public. */
  readonly baseUrl: string | null;
  /** The provider whose price list holds for it; null where none does. */
  readonly pricedAs: string | null;
  /** The headers that carry a credential, names and values in turn. */
  credentialHeaders(secret: string): readonly string[];
  createMeter(): Meter;
  /** Characters of generated text in a frame of a stream, for an estimate as long as no usage was reported. */
  outputCharacters(frame: Buffer): number;
  /**
   * The error frame that ends a broken stream in the provider's own protocol.
   * @param endpoint the path of ours that was called
   * @param type what kind of error it is; `api_error` where it is not said
   */
  streamError(message: string, endpoint: string, type?: string): string;
  /** How chat completions are translated for it; null where it speaks them itself. */
  readonly chat: ChatTranslation | null;
  /** Where it serves the operations of OpenAI's language itself. */
  readonly paths: Readonly<Partial<Record<OpenAiOperation, string>>>;
  /** What its keys look like, so that a slip in pasting is caught before anything is sent anywhere. */
  readonly keyForm: { readonly begins: string; readonly copyFrom: string | null };
  /** A GET that needs a working key and costs nothing, behind the base URL. */
  readonly probe: { readonly path: string; readonly headers: readonly string[] };
}
