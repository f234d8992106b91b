import type { Block } from './blocks';
import { asCount, asRecord, type JsonRecord } from './json';

/**
 * Anthropic refuses thinking blocks that come back in another place, and chat completions keep text, tool calls and
 * thinking apart. A block that does not stand first therefore carries its place: behind so many characters of the
 * content and so many tool calls. It is taken off again on the way back.
 */
export function placed(block: JsonRecord, textLength: number, toolCalls: number): JsonRecord {
  if (textLength === 0 && toolCalls === 0) return block;
  return { ...block, position: { text: textLength, tool_calls: toolCalls } };
}

interface Placed {
  readonly block: Block;
  readonly text: number;
  readonly toolCalls: number;
}

/** Puts thinking back to where it stood among text and tool calls; in front where it does not say. */
export function weave(thinking: readonly Block[], texts: readonly Block[], calls: readonly Block[]): Block[] {
  if (!thinking.some((block) => block.position !== undefined)) return [...thinking, ...texts, ...calls];
  const waiting = thinking.map(unplaced);
  const woven: Block[] = [];
  const release = (isDue: (next: Placed) => boolean) => {
    for (let next = waiting[0]; next !== undefined && isDue(next); next = waiting[0]) {
      woven.push(next.block);
      waiting.shift();
    }
  };

  let passed = 0;
  for (const text of texts) {
    let rest = String(text.text);
    for (;;) {
      release((next) => next.toolCalls === 0 && next.text <= passed);
      const cut = waiting[0]?.toolCalls === 0 ? waiting[0].text - passed : rest.length;
      if (cut >= rest.length) break;
      pushText(woven, { type: 'text', text: rest.slice(0, cut) });
      rest = rest.slice(cut);
      passed += cut;
    }
    pushText(woven, { ...text, text: rest });
    passed += rest.length;
  }
  release((next) => next.toolCalls === 0);
  calls.forEach((call, index) => {
    release((next) => next.toolCalls <= index);
    woven.push(call);
  });
  release(() => true);
  return woven;
}

function unplaced({ position, ...block }: Block): Placed {
  const place = asRecord(position);
  return { block, text: Math.floor(asCount(place.text)), toolCalls: Math.floor(asCount(place.tool_calls)) };
}

function pushText(blocks: Block[], block: Block & { text: string }): void {
  if (block.text.trim() !== '') blocks.push(block);
}
