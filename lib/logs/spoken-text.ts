import type { Block, Conversation, Turn } from './schema';

/** Everything that a conversation says, as one text: what a search looks through. */
export function spokenText({ prompt, reply, raw }: Conversation): string {
  return [...prompt, ...reply]
    .map(turnText)
    .concat(raw.map(({ text }) => text))
    .join('\n');
}

export function turnText({ blocks }: Turn): string {
  return blocks.map(blockText).join('\n');
}

function blockText(block: Block): string {
  switch (block.type) {
    case 'text':
    case 'thinking':
      return block.text;
    case 'image':
      return block.label;
    case 'tool_use':
      return `${block.name} ${block.input}`;
    case 'tool_result':
      return block.blocks.map(blockText).join('\n');
    case 'other':
      return block.json;
  }
}
