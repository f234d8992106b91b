import { z } from 'zod';
import { blockFrom, chatBlocks } from './content';
import { type DraftBlock, textBlock } from './draft';

/** An answer as far as it has come, in blocks like those of a message. */
export interface Answer {
  readonly blocks: readonly DraftBlock[];
  readonly stopReason: string | null;
  readonly failure: string | null;
  /** Its last event has come. */
  readonly complete: boolean;
}

export const NO_ANSWER: Answer = { blocks: [], stopReason: null, failure: null, complete: false };

/** One event's data of a stream, in Anthropic's or OpenAI's form. Kinds that are not known change nothing. */
export function withEvent(answer: Answer, data: string): Answer {
  if (data === '[DONE]') return { ...answer, complete: true };
  const parsed = eventSchema.safeParse(readJson(data));
  if (!parsed.success) return answer;
  const event = parsed.data;
  if ('choices' in event) return event.choices.reduce(withChoice, answer);
  if ('error' in event) return { ...answer, failure: event.error.message, complete: true };
  switch (event.type) {
    case 'content_block_start':
      return { ...answer, blocks: [...answer.blocks, begun(event.content_block)] };
    case 'content_block_delta':
      return { ...answer, blocks: withLast(answer.blocks, (block) => extended(block, event.delta)) };
    case 'message_delta':
      return { ...answer, stopReason: event.delta.stop_reason ?? answer.stopReason };
    case 'message_stop':
      return { ...answer, complete: true };
  }
}

/** A whole answer that was not streamed. */
export function answerFrom(body: unknown): Answer {
  const message = z.object({ content: z.array(z.unknown()), stop_reason: z.string().nullish() }).safeParse(body);
  if (message.success) {
    const { content, stop_reason } = message.data;
    return { ...NO_ANSWER, blocks: content.map(begun), stopReason: stop_reason ?? null, complete: true };
  }
  const completion = z.object({ choices: z.array(z.object({ message: z.unknown() })) }).safeParse(body);
  if (completion.success)
    return { ...NO_ANSWER, blocks: chatBlocks(completion.data.choices[0]?.message), complete: true };
  const refused = refusal.safeParse(body);
  return { ...NO_ANSWER, failure: refused.success ? refused.data : null, complete: true };
}

/** The words of an error: Anthropic's and OpenAI's shape, and our own. */
export const refusal = z.union([
  z.object({ error: z.object({ message: z.string() }) }).transform(({ error }) => error.message),
  z.object({ detail: z.string() }).transform(({ detail }) => detail),
]);

/** A call begins with an empty input, and its JSON follows in pieces. Of a text its citations are not taken back. */
function begun(content: unknown): DraftBlock {
  const said = z.object({ type: z.literal('text'), text: z.string() }).safeParse(content);
  if (said.success) return textBlock(said.data.text);
  const block = blockFrom(content);
  return block.type === 'tool_use' && block.input === '{}' ? { ...block, input: '' } : block;
}

type Delta = z.infer<typeof delta>;

function extended(block: DraftBlock, given: Delta): DraftBlock {
  switch (block.type) {
    case 'text':
      return { ...block, text: block.text + (given.text ?? '') };
    case 'thinking':
      return {
        ...block,
        text: block.text + (given.thinking ?? ''),
        signature: block.signature + (given.signature ?? ''),
      };
    case 'tool_use':
      return { ...block, input: block.input + (given.partial_json ?? '') };
    default:
      return block;
  }
}

function withChoice(answer: Answer, { delta: given, finish_reason }: z.infer<typeof choice>): Answer {
  let blocks = answer.blocks;
  if (given.reasoning_content)
    blocks = joined(blocks, { type: 'thinking', text: given.reasoning_content, signature: '' });
  if (given.content) blocks = joined(blocks, textBlock(given.content));
  for (const call of given.tool_calls ?? []) {
    const { id, function: called } = call;
    const input = called?.arguments ?? '';
    if (id) blocks = [...blocks, { type: 'tool_use', id, name: called?.name ?? '', input, cache: null }];
    else blocks = withLast(blocks, (block) => extended(block, { partial_json: input }));
  }
  return { ...answer, blocks, stopReason: finish_reason ?? answer.stopReason };
}

function joined(blocks: readonly DraftBlock[], next: DraftBlock): readonly DraftBlock[] {
  if (blocks.at(-1)?.type !== next.type) return [...blocks, next];
  const said = 'text' in next ? next.text : '';
  return withLast(blocks, (block) => extended(block, { text: said, thinking: said }));
}

function withLast(blocks: readonly DraftBlock[], change: (block: DraftBlock) => DraftBlock): readonly DraftBlock[] {
  const last = blocks.at(-1);
  return last ? [...blocks.slice(0, -1), change(last)] : blocks;
}

const delta = z.object({
  text: z.string().optional(),
  thinking: z.string().optional(),
  signature: z.string().optional(),
  partial_json: z.string().optional(),
});

const choice = z.object({
  delta: z
    .object({
      content: z.string().nullish(),
      reasoning_content: z.string().nullish(),
      tool_calls: z
        .array(
          z.object({
            id: z.string().nullish(),
            function: z.object({ name: z.string().nullish(), arguments: z.string().nullish() }).optional(),
          }),
        )
        .nullish(),
    })
    .default({}),
  finish_reason: z.string().nullish(),
});

const eventSchema = z.union([
  z.object({ type: z.literal('content_block_start'), content_block: z.unknown() }),
  z.object({ type: z.literal('content_block_delta'), delta }),
  z.object({ type: z.literal('message_delta'), delta: z.object({ stop_reason: z.string().nullish() }) }),
  z.object({ type: z.literal('message_stop') }),
  z.object({ error: z.object({ message: z.string() }) }),
  z.object({ choices: z.array(choice) }),
]);

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
