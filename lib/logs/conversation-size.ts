import type { Block, Conversation, Turn } from './schema';

/** What a page shows of one text, and of a whole prompt, in characters: a prompt can have 32 MB, and a page is sent whole. */
const TEXT_MAX = 100_000;
const PROMPT_MAX = 600_000;

/** A conversation that fits a page: long texts are cut, and of a long history the latest turns stay. */
export function fitted(conversation: Conversation): Conversation {
  const kept: Turn[] = [];
  let left = PROMPT_MAX;
  for (const turn of conversation.prompt.toReversed()) {
    const short = shortTurn(turn);
    left -= sizeOf(short);
    if (left < 0 && kept.length > 0) break;
    kept.unshift(short);
  }
  return {
    ...conversation,
    prompt: kept,
    reply: conversation.reply.map(shortTurn),
    raw: conversation.raw.map(({ part, text }) => ({ part, text: cut(text) })),
    omittedTurns: conversation.prompt.length - kept.length,
  };
}

function shortTurn(turn: Turn): Turn {
  return { ...turn, blocks: turn.blocks.map(shortBlock) };
}

function shortBlock(block: Block): Block {
  switch (block.type) {
    case 'text':
    case 'thinking':
      return { ...block, text: cut(block.text) };
    case 'tool_use':
      return { ...block, input: cut(block.input) };
    case 'tool_result':
      return { ...block, blocks: block.blocks.map(shortBlock) };
    case 'other':
      return { ...block, json: cut(block.json) };
    case 'image':
      return block;
  }
}

function cut(text: string): string {
  return text.length <= TEXT_MAX ? text : `${text.slice(0, TEXT_MAX)}… (cut here; the raw body has the rest)`;
}

function sizeOf(turn: Turn): number {
  return turn.blocks.reduce((sum, block) => sum + blockSize(block), 0);
}

function blockSize(block: Block): number {
  switch (block.type) {
    case 'text':
    case 'thinking':
      return block.text.length;
    case 'tool_use':
      return block.input.length;
    case 'tool_result':
      return block.blocks.reduce((sum, inner) => sum + blockSize(inner), 0);
    case 'other':
      return block.json.length;
    case 'image':
      return block.dataUrl?.length ?? 0;
  }
}
