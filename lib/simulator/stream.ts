import { type Answer, emptyMessage, messageDelta } from './message';
import { blockStartToWire, type ReplyBlock } from './reply/blocks';

export interface StreamEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

const TEXT_CHUNK_CHARACTERS = 14;
const JSON_CHUNK_CHARACTERS = 10;

/** All events of a streamed answer in order, with the ping that follows the first block's start. */
export function* messageEvents(answer: Answer, twoDeltas: boolean): Generator<StreamEvent> {
  yield { type: 'message_start', message: emptyMessage(answer) };
  for (const [index, block] of answer.reply.blocks.entries()) {
    yield { type: 'content_block_start', index, content_block: blockStartToWire(block) };
    if (index === 0) yield { type: 'ping' };
    for (const delta of blockDeltas(block)) yield { type: 'content_block_delta', index, delta };
    yield { type: 'content_block_stop', index };
  }
  const last = messageDelta(answer);
  if (twoDeltas) {
    yield {
      ...last,
      delta: { stop_reason: null, stop_sequence: null },
      usage: { ...last.usage, output_tokens: Math.ceil(last.usage.output_tokens / 2) },
    };
  }
  yield last;
  yield { type: 'message_stop' };
}

/** One frame of the stream: the SDKs drop a frame that has no `event:` line. */
export function sseFrame(event: StreamEvent): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

function* blockDeltas(block: ReplyBlock) {
  switch (block.type) {
    case 'text':
      for (const text of chunks(block.text, TEXT_CHUNK_CHARACTERS)) yield { type: 'text_delta', text };
      for (const citation of block.citations ?? []) yield { type: 'citations_delta', citation };
      return;
    case 'thinking':
      for (const thinking of chunks(block.shown, TEXT_CHUNK_CHARACTERS)) yield { type: 'thinking_delta', thinking };
      yield { type: 'signature_delta', signature: block.signature };
      return;
    case 'tool_use':
    case 'server_tool_use':
      yield { type: 'input_json_delta', partial_json: '' };
      for (const part of chunks(block.inputJson, JSON_CHUNK_CHARACTERS)) {
        yield { type: 'input_json_delta', partial_json: part };
      }
  }
}

/** Pieces of about so many characters that end after a blank where there is one, and never inside a character. */
function chunks(text: string, characters: number): string[] {
  return text.match(new RegExp(`[\\s\\S]{1,${characters}}(?:\\S{0,6}\\s)?`, 'gu')) ?? [];
}
