import type { Model } from '../model';
import { countTokens } from '../tokens';

export interface Citation {
  readonly type: 'web_search_result_location';
  readonly url: string;
  readonly title: string;
  readonly encrypted_index: string;
  readonly cited_text: string;
}

/** One block of a reply, before it is put on the wire. */
export type ReplyBlock =
  /** `hidden` is what was thought, `shown` the part of it that the client gets and the signature covers. */
  | { readonly type: 'thinking'; readonly hidden: string; readonly shown: string; readonly signature: string }
  | { readonly type: 'redacted_thinking'; readonly hidden: string; readonly data: string }
  | { readonly type: 'text'; readonly text: string; readonly citations: readonly Citation[] | null }
  /** The input is text, because running out of tokens may cut it anywhere. */
  | { readonly type: 'tool_use'; readonly id: string; readonly name: string; readonly inputJson: string }
  | { readonly type: 'server_tool_use'; readonly id: string; readonly name: string; readonly inputJson: string }
  | { readonly type: 'web_search_tool_result'; readonly toolUseId: string; readonly content: unknown };

const DIRECT = { type: 'direct' };

/** The finished block, as a message holds it. */
export function blockToWire(block: ReplyBlock) {
  switch (block.type) {
    case 'thinking':
      return { type: block.type, thinking: block.shown, signature: block.signature };
    case 'redacted_thinking':
      return { type: block.type, data: block.data };
    case 'text':
      // The stream says `citations: null`; the whole message leaves it out, and clients reject a null there.
      return { type: block.type, text: block.text, ...(block.citations ? { citations: block.citations } : {}) };
    case 'tool_use':
    case 'server_tool_use':
      return { type: block.type, id: block.id, name: block.name, input: parsedInput(block.inputJson), caller: DIRECT };
    case 'web_search_tool_result':
      return { type: block.type, tool_use_id: block.toolUseId, content: block.content, caller: DIRECT };
  }
}

/** The block as `content_block_start` shows it: empty where deltas follow. */
export function blockStartToWire(block: ReplyBlock) {
  switch (block.type) {
    case 'thinking':
      return { type: block.type, thinking: '', signature: '' };
    case 'text':
      return { type: block.type, text: '', citations: block.citations && [] };
    case 'tool_use':
    case 'server_tool_use':
      return { type: block.type, id: block.id, name: block.name, input: {}, caller: DIRECT };
    default:
      return blockToWire(block);
  }
}

/** Output tokens of a block. What a server tool found is input, not output. */
export function blockTokens(block: ReplyBlock, model: Model): number {
  switch (block.type) {
    case 'thinking':
    case 'redacted_thinking':
      return countTokens(block.hidden, model);
    case 'text':
      return countTokens(block.text, model);
    case 'tool_use':
    case 'server_tool_use':
      return countTokens(block.name + block.inputJson, model);
    case 'web_search_tool_result':
      return 0;
  }
}

/** An input that was cut off is no JSON; without streaming the provider then gives none. */
function parsedInput(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return {};
  }
}
