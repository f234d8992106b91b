import { firstLine, previewOfContent } from '../../ingest/preview';
import { isRecord } from '../../is-record';
import { parseSseFrame, SseFrames } from '../../stream/sse-frames';
import type { Usage } from '../../usage';
import type { Meter, Reading } from '../provider';
import { applyDelta, readUsage, withRefusals } from './usage';

const DELTA_FRAME = Buffer.from('event: content_block_delta\n');
const PREVIEW_CHARACTERS = 160;
/** Where a provider reports no output, four characters are counted as a token, as Anthropic's own gateway does. */
const CHARACTERS_PER_TOKEN = 4;

/** Reads Messages API answers. Content deltas are passed over unparsed once the preview is full. */
export class AnthropicMeter implements Meter {
  contentBegan = false;
  ended = false;
  private started: Usage | null = null;
  private usage: Usage | null = null;
  private model: string | null = null;
  private stopReason: string | null = null;
  private error: Reading['error'] = null;
  private complete = false;
  private preview = '';
  private previewFull = false;
  private blocks = 0;
  private refusal: Usage['refusal'] = null;
  /** Why each model that declined handed on to the next. */
  private readonly handedOn: (string | null)[] = [];

  json(body: Buffer): void {
    this.ended = true;
    let value: unknown;
    try {
      value = JSON.parse(body.toString('utf8'));
    } catch {
      return;
    }
    if (!isRecord(value)) return;
    this.complete = true;
    if (value.type === 'error') this.readError(value);
    if (value.type !== 'message') return;
    if (typeof value.model === 'string') this.model = value.model;
    if (Array.isArray(value.content)) for (const block of value.content) this.countBlock(block);
    this.preview = previewOfContent(value.content) ?? '';
    this.usage = readUsage(value.usage);
    this.readStop(value);
  }

  frame(frame: Buffer): void {
    if (
      frame.length > DELTA_FRAME.length &&
      frame.compare(DELTA_FRAME, 0, DELTA_FRAME.length, 0, DELTA_FRAME.length) === 0
    ) {
      this.contentBegan = true;
      if (this.previewFull) return;
    }
    const event = parseSseFrame(frame);
    if (!event) return;
    let data: unknown;
    try {
      data = JSON.parse(event.data);
    } catch {
      return;
    }
    if (isRecord(data)) this.event(data);
  }

  /** Its streams say themselves when they are over. */
  closed(): void {}

  reading(relayed: () => Buffer): Reading {
    return {
      usage: this.finalUsage(relayed),
      model: this.model,
      stopReason: this.stopReason,
      error: this.error,
      complete: this.complete,
      replyPreview: this.preview ? firstLine(this.preview, PREVIEW_CHARACTERS) : null,
    };
  }

  private event(data: Record<string, unknown>): void {
    switch (data.type) {
      case 'message_start': {
        const message = isRecord(data.message) ? data.message : {};
        if (typeof message.model === 'string') this.model = message.model;
        this.started = readUsage(message.usage);
        break;
      }
      case 'content_block_start':
        this.countBlock(data.content_block);
        this.previewBlock(data.content_block);
        break;
      case 'content_block_delta':
        this.contentBegan = true;
        this.previewDelta(data.delta);
        break;
      case 'message_delta':
        // There can be more than one; the last wins.
        if (this.started) this.usage = applyDelta(this.started, data.usage);
        if (isRecord(data.delta)) this.readStop(data.delta);
        break;
      case 'message_stop':
        this.complete = true;
        this.ended = true;
        break;
      case 'error':
        this.readError(data);
        this.ended = true;
        break;
    }
  }

  /** A block that tells of a fallback is no output of any model. */
  private countBlock(block: unknown): void {
    if (!isRecord(block) || block.type !== 'fallback') this.blocks++;
    else this.handedOn.push(isRecord(block.trigger) ? categoryOf(block.trigger) : null);
  }

  private previewBlock(block: unknown): void {
    if (this.preview || !isRecord(block) || block.type === 'thinking' || block.type === 'redacted_thinking') return;
    if (block.type === 'tool_use' && typeof block.name === 'string') this.preview = `Calls ${block.name}`;
  }

  private previewDelta(delta: unknown): void {
    if (!isRecord(delta) || delta.type !== 'text_delta' || typeof delta.text !== 'string') return;
    this.preview += delta.text;
    const line = this.preview.trimStart();
    this.previewFull = line.length > PREVIEW_CHARACTERS || line.includes('\n');
  }

  private readStop(from: Record<string, unknown>): void {
    if (typeof from.stop_reason === 'string') this.stopReason = from.stop_reason;
    if (from.stop_reason !== 'refusal') return;
    const details = isRecord(from.stop_details) ? from.stop_details : {};
    this.refusal = {
      category: categoryOf(details),
      beforeOutput: this.blocks === 0,
    };
  }

  private readError(from: Record<string, unknown>): void {
    const error = isRecord(from.error) ? from.error : {};
    this.error = {
      type: String(error.type ?? 'api_error'),
      message: String(error.message ?? 'The provider reported an error.'),
    };
  }

  /** What is owed: as reported at the end, else as reported at the start with the output estimated from what was relayed. */
  private finalUsage(relayed: () => Buffer): Usage | null {
    if (this.usage) {
      const iterations = withRefusals(this.usage.iterations, this.handedOn, this.refusal);
      return { ...this.usage, iterations, refusal: this.refusal };
    }
    if (!this.started) return null;
    const estimate = Math.ceil(relayedCharacters(relayed()) / CHARACTERS_PER_TOKEN);
    return { ...this.started, outputTokens: Math.max(this.started.outputTokens, estimate), estimated: true };
  }
}

function categoryOf({ category }: Record<string, unknown>): string | null {
  return typeof category === 'string' ? category : null;
}

function relayedCharacters(stream: Buffer): number {
  return new SseFrames().push(stream).reduce((sum, frame) => sum + outputCharacters(frame), 0);
}

/** Characters of generated text in one frame. */
export function outputCharacters(frame: Buffer): number {
  const event = parseSseFrame(frame);
  if (!event?.data.includes('"content_block_delta"')) return 0;
  let characters = 0;
  try {
    const data: unknown = JSON.parse(event.data);
    const delta = isRecord(data) && isRecord(data.delta) ? data.delta : {};
    for (const key of ['text', 'thinking', 'partial_json']) {
      const value = delta[key];
      if (typeof value === 'string') characters += value.length;
    }
  } catch {
    // A frame the provider broke counts for nothing.
  }
  return characters;
}
