import { firstLine, previewOfContent, previewOfReply } from '../../ingest/preview';
import { isRecord } from '../../is-record';
import { parseSseFrame } from '../../stream/sse-frames';
import { NO_USAGE, type Usage } from '../../usage';
import type { Meter, Reading } from '../provider';
import { promptCharacters, relayedCharacters } from './characters';
import { isDone, saysMoreThanContent } from './frames';
import { readUsage } from './usage';

const PREVIEW_CHARACTERS = 160;
/** Where a provider reports no tokens, four characters are counted as one: the rule of thumb OpenAI itself gives. */
const CHARACTERS_PER_TOKEN = 4;

/** Reads chat completions, Responses and embeddings, as JSON and as events. Deltas pass unparsed once the preview is full. */
export class OpenAiMeter implements Meter {
  contentBegan = false;
  ended = false;
  private complete = false;
  private usage: Usage | null = null;
  private model: string | null = null;
  private serviceTier: string | null = null;
  private stopReason: string | null = null;
  private error: Reading['error'] = null;
  private preview = '';
  private previewFull = false;
  /** Choices that began and have no finish reason yet; null before the first chunk of a stream. */
  private openChoices: Set<unknown> | null = null;
  private streamBegan = false;

  json(body: Buffer): void {
    this.ended = true;
    const value = parsed(body.toString('utf8'));
    if (!isRecord(value)) return;
    this.complete = true;
    this.readFacts(value);
    if (value.error || value.object === 'error') this.readError(value.error ?? value);
    if (Array.isArray(value.output)) this.readResponse(value);
    else this.readCompletion(value);
  }

  frame(frame: Buffer): void {
    if (this.previewFull && this.contentBegan && !isDone(frame) && !saysMoreThanContent(frame)) return;
    const event = parseSseFrame(frame);
    if (!event) return;
    if (event.data.trim() === '[DONE]') {
      this.complete = true;
      this.ended = true;
      return;
    }
    const data = parsed(event.data);
    if (!isRecord(data)) return;
    if (typeof data.type === 'string' && (data.type === 'error' || data.type.startsWith('response.')))
      this.responseEvent(data.type, data);
    else if (data.error) this.fail(data.error);
    else this.chunk(data);
  }

  /** Some servers leave out the last mark: with every choice finished the answer is whole all the same. */
  closed(): void {
    if (this.ended || this.openChoices === null || this.openChoices.size > 0) return;
    this.ended = true;
    this.complete = true;
  }

  reading(relayed: () => Buffer, sent: () => Buffer | null): Reading {
    return {
      usage: this.usage ?? (this.streamBegan ? this.estimate(relayed(), sent()) : null),
      model: this.model,
      stopReason: this.stopReason,
      error: this.error,
      complete: this.complete,
      replyPreview: this.preview ? firstLine(this.preview, PREVIEW_CHARACTERS) : null,
    };
  }

  /** A chat completion or a list of embeddings. */
  private readCompletion(value: Record<string, unknown>): void {
    this.usage = readUsage(value.usage, this.serviceTier);
    const choice: unknown = Array.isArray(value.choices) ? value.choices[0] : null;
    if (!isRecord(choice)) return;
    this.stopReason = text(choice.finish_reason);
    this.preview = previewOfReply(choice.message) ?? '';
  }

  private chunk(data: Record<string, unknown>): void {
    this.streamBegan = true;
    this.readFacts(data);
    this.usage = readUsage(data.usage, this.serviceTier) ?? this.usage;
    if (!Array.isArray(data.choices)) return;
    for (const choice of data.choices) {
      if (!isRecord(choice)) continue;
      this.openChoices ??= new Set();
      if (isRecord(choice.delta)) this.chatDelta(choice.delta, choice.index);
      if (typeof choice.finish_reason === 'string') {
        this.stopReason ??= choice.finish_reason;
        this.openChoices.delete(choice.index);
      } else this.openChoices.add(choice.index);
    }
  }

  private chatDelta(delta: Record<string, unknown>, index: unknown): void {
    const calls = Array.isArray(delta.tool_calls) && delta.tool_calls.length > 0;
    const said = [delta.content, delta.reasoning_content, delta.reasoning, delta.refusal].some(Boolean);
    this.contentBegan ||= calls || said || isRecord(delta.function_call) || isRecord(delta.audio);
    if (index !== 0 && index !== undefined) return;
    if (typeof delta.content === 'string') this.extendPreview(delta.content);
    else if (calls && !this.preview) this.nameCall(previewOfContent(delta.tool_calls));
  }

  private responseEvent(type: string, data: Record<string, unknown>): void {
    const response = isRecord(data.response) ? data.response : {};
    this.streamBegan ||= type !== 'error';
    if (type === 'error') this.fail(data.error ?? data);
    else if (type.endsWith('.delta')) {
      this.contentBegan = true;
      if (type === 'response.output_text.delta') this.extendPreview(text(data.delta) ?? '');
    } else if (type === 'response.output_item.added' && !this.preview) this.nameCall(namedCall(data.item));
    else if (type === 'response.created') this.readFacts(response);
    else if (type === 'response.completed' || type === 'response.incomplete' || type === 'response.failed') {
      this.readFacts(response);
      this.readResponse(response);
      this.complete = true;
      this.ended = true;
    }
  }

  /** A Responses object, finished or not. */
  private readResponse(response: Record<string, unknown>): void {
    const output = Array.isArray(response.output) ? response.output.filter(isRecord) : [];
    const searches = output.filter((item) => item.type === 'web_search_call' && isSearch(item.action)).length;
    this.usage = readUsage(response.usage, this.serviceTier, searches) ?? this.usage;
    const reason = isRecord(response.incomplete_details) ? text(response.incomplete_details.reason) : null;
    this.stopReason = reason ?? text(response.status);
    if (response.error) this.readError(response.error);
    if (this.preview) return;
    const said = output.findLast((item) => item.type === 'message');
    this.preview = previewOfContent(said?.content) ?? namedCall(output.find((item) => namedCall(item))) ?? '';
  }

  private readFacts(from: Record<string, unknown>): void {
    this.model = text(from.model) ?? this.model;
    this.serviceTier = text(from.service_tier) ?? this.serviceTier;
  }

  private extendPreview(piece: string): void {
    this.preview += piece;
    const line = this.preview.trimStart();
    this.previewFull = line.length > PREVIEW_CHARACTERS || line.includes('\n');
  }

  private nameCall(named: string | null): void {
    if (named === null) return;
    this.preview = named;
    this.previewFull = true;
  }

  private fail(error: unknown): void {
    this.readError(error);
    this.ended = true;
  }

  private readError(raw: unknown): void {
    const error = isRecord(raw) ? raw : { message: raw };
    this.error = {
      type: text(error.type === 'error' ? error.code : error.type) ?? text(error.code) ?? 'api_error',
      message: text(error.message) ?? 'The provider reported an error.',
    };
  }

  /** A stream whose caller did not ask for usage brings none; asking for it would change the request. */
  private estimate(relayed: Buffer, sent: Buffer | null): Usage {
    const tokens = (characters: number) => Math.ceil(characters / CHARACTERS_PER_TOKEN);
    return {
      ...NO_USAGE,
      inputTokens: tokens(sent ? promptCharacters(sent) : 0),
      outputTokens: tokens(relayedCharacters(relayed)),
      serviceTier: this.serviceTier,
      estimated: true,
    };
  }
}

/** Opening a page and searching in it are free. */
function isSearch(action: unknown): boolean {
  return !isRecord(action) || action.type === undefined || action.type === 'search';
}

function namedCall(item: unknown): string | null {
  return isRecord(item) && item.type === 'function_call' && typeof item.name === 'string' ? `Calls ${item.name}` : null;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
