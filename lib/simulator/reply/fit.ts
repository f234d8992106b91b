import type { Model } from '../model';
import { truncateToTokens } from '../tokens';
import { blockTokens, type ReplyBlock } from './blocks';
import { signThinking } from './signature';

export interface Fitted {
  readonly blocks: readonly ReplyBlock[];
  readonly stopSequence: string | null;
  /** Whether something had to be left out for lack of tokens. */
  readonly isCut: boolean;
}

/** Ends the text at the first stop sequence; what would come after it is never said. */
export function stopAtSequence(blocks: readonly ReplyBlock[], sequences: readonly string[]): Fitted {
  for (const [index, block] of blocks.entries()) {
    if (block.type !== 'text') continue;
    const found = sequences
      .map((sequence) => ({ sequence, at: block.text.indexOf(sequence) }))
      .filter(({ at }) => at !== -1)
      .sort((a, b) => a.at - b.at)[0];
    if (!found) continue;
    const text = block.text.slice(0, found.at);
    const kept = blocks.slice(0, index);
    return {
      blocks: text === '' ? kept : [...kept, { ...block, text }],
      stopSequence: found.sequence,
      isCut: false,
    };
  }
  return { blocks, stopSequence: null, isCut: false };
}

/** Cuts a reply to so many output tokens; the block that crosses the limit is cut inside. */
export function cutToTokens(blocks: readonly ReplyBlock[], limit: number, model: Model): Fitted {
  const kept: ReplyBlock[] = [];
  let left = limit;
  for (const block of blocks) {
    const tokens = blockTokens(block, model);
    if (tokens > left) {
      const rest = left > 0 ? cutBlock(block, left, model) : null;
      return { blocks: rest ? [...kept, rest] : kept, stopSequence: null, isCut: true };
    }
    kept.push(block);
    left -= tokens;
  }
  return { blocks: kept, stopSequence: null, isCut: false };
}

/** Null where a part of the block would be nothing that a client could read. */
function cutBlock(block: ReplyBlock, tokens: number, model: Model): ReplyBlock | null {
  if (block.type === 'text') {
    const text = truncateToTokens(block.text, tokens, model);
    return text === '' ? null : { ...block, text };
  }
  if (block.type === 'thinking') {
    const hidden = truncateToTokens(block.hidden, tokens, model);
    const shown = block.shown === '' ? '' : hidden;
    return { ...block, hidden, shown, signature: signThinking(shown) };
  }
  if (block.type !== 'tool_use') return null;
  const whole = truncateToTokens(block.name + block.inputJson, tokens, model);
  return whole.length <= block.name.length ? null : { ...block, inputJson: whole.slice(block.name.length) };
}
