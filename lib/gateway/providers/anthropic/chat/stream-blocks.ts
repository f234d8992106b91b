import type { ChunkWriter } from './chunk-writer';
import { toAnnotation, type UrlCitation } from './citations';
import { asRecord, asString, type JsonRecord } from './json';
import { placed } from './thinking-place';

type OpenBlock =
  | { readonly kind: 'text'; readonly startIndex: number; readonly citations: unknown[] }
  | { readonly kind: 'thinking'; readonly block: JsonRecord; thinking: string; signature: string }
  | { readonly kind: 'tool'; readonly toolIndex: number; readonly input: unknown; wroteArguments: boolean };

/** The content blocks of one stream, and the deltas they become. Blocks that OpenAI has no place for are left out. */
export class StreamBlocks {
  readonly #legacy: boolean;
  readonly #open = new Map<unknown, OpenBlock>();
  readonly #thinkingBlocks: JsonRecord[] = [];
  readonly #annotations: UrlCitation[] = [];
  #textLength = 0;
  #toolCount = 0;

  constructor(legacy: boolean) {
    this.#legacy = legacy;
  }

  start(data: JsonRecord, writer: ChunkWriter): string[] {
    const block = asRecord(data.content_block);
    switch (block.type) {
      case 'text':
        this.#open.set(data.index, { kind: 'text', startIndex: this.#textLength, citations: [] });
        return this.#text(block.text, writer);
      case 'thinking': {
        const open: OpenBlock = {
          kind: 'thinking',
          block: this.#placed(block),
          thinking: '',
          signature: asString(block.signature),
        };
        this.#open.set(data.index, open);
        return thinking(open, block.thinking, writer);
      }
      case 'redacted_thinking':
        this.#thinkingBlocks.push(this.#placed(block));
        return [];
      case 'tool_use':
        return this.#startTool(data.index, block, writer);
      default:
        return [];
    }
  }

  delta(data: JsonRecord, writer: ChunkWriter): string[] {
    const delta = asRecord(data.delta);
    const open = this.#open.get(data.index);
    if (open === undefined) return [];
    switch (delta.type) {
      case 'text_delta':
        return open.kind === 'text' ? this.#text(delta.text, writer) : [];
      case 'input_json_delta':
        return open.kind === 'tool' ? this.#arguments(open, asString(delta.partial_json), writer) : [];
      case 'thinking_delta':
        return open.kind === 'thinking' ? thinking(open, delta.thinking, writer) : [];
      case 'signature_delta':
        if (open.kind === 'thinking') open.signature += asString(delta.signature);
        return [];
      case 'citations_delta':
        if (open.kind === 'text') open.citations.push(delta.citation);
        return [];
      default:
        return [];
    }
  }

  stop(data: JsonRecord, writer: ChunkWriter): string[] {
    const open = this.#open.get(data.index);
    if (open === undefined) return [];
    this.#open.delete(data.index);
    switch (open.kind) {
      case 'tool':
        // A tool without arguments sends none, yet clients parse them as JSON.
        return open.wroteArguments ? [] : this.#arguments(open, JSON.stringify(open.input ?? {}), writer);
      case 'thinking':
        this.#thinkingBlocks.push({ ...open.block, thinking: open.thinking, signature: open.signature });
        return [];
      case 'text':
        for (const citation of open.citations) {
          const annotation = toAnnotation(citation, open.startIndex, this.#textLength);
          if (annotation) this.#annotations.push(annotation);
        }
        return [];
    }
  }

  /**
   * What is sent once, before the finish chunk: the OpenAI SDKs keep only the last value of a member they do not know
   * (JavaScript) or fail when a list of them comes twice (Python).
   */
  extras(): JsonRecord {
    const extras: JsonRecord = {};
    if (this.#thinkingBlocks.length > 0) extras.thinking_blocks = this.#thinkingBlocks;
    if (this.#annotations.length > 0) extras.annotations = this.#annotations;
    return extras;
  }

  #placed(block: JsonRecord): JsonRecord {
    return placed(block, this.#textLength, this.#toolCount);
  }

  #text(value: unknown, writer: ChunkWriter): string[] {
    if (typeof value !== 'string' || value === '') return [];
    this.#textLength += value.length;
    return [writer.text(value)];
  }

  #startTool(index: unknown, block: JsonRecord, writer: ChunkWriter): string[] {
    const toolIndex = this.#toolCount++;
    this.#open.set(index, { kind: 'tool', toolIndex, input: block.input, wroteArguments: false });
    const call = { name: asString(block.name), arguments: '' };
    if (!this.#legacy) {
      const toolCall = { index: toolIndex, id: asString(block.id), type: 'function', function: call };
      return [writer.delta({ tool_calls: [toolCall] })];
    }
    return toolIndex === 0 ? [writer.delta({ function_call: call })] : [];
  }

  #arguments(open: OpenBlock & { kind: 'tool' }, json: string, writer: ChunkWriter): string[] {
    if (json === '') return [];
    open.wroteArguments = true;
    if (!this.#legacy) {
      return [writer.delta({ tool_calls: [{ index: open.toolIndex, function: { arguments: json } }] })];
    }
    return open.toolIndex === 0 ? [writer.delta({ function_call: { arguments: json } })] : [];
  }
}

function thinking(open: OpenBlock & { kind: 'thinking' }, value: unknown, writer: ChunkWriter): string[] {
  if (typeof value !== 'string' || value === '') return [];
  open.thinking += value;
  return [writer.delta({ reasoning_content: value })];
}
