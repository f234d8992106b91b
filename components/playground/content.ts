import { z } from 'zod';
import { type DraftBlock, textBlock } from './draft';

/** A message's content, as a provider's API or a log has it, as blocks that can be edited. What can't be is kept as it is. */
export function blocksFrom(content: unknown): DraftBlock[] {
  if (typeof content === 'string') return content === '' ? [] : [textBlock(content)];
  return Array.isArray(content) ? content.map(blockFrom) : [];
}

/** One block of Anthropic's or one part of OpenAI's. */
export function blockFrom(content: unknown): DraftBlock {
  const known = blockSchema.safeParse(content);
  return known.success ? known.data : kept(content);
}

export function kept(content: unknown): DraftBlock {
  const kind = z.object({ type: z.string() }).safeParse(content);
  return { type: 'kept', kind: kind.success ? kind.data.type : 'unknown', json: JSON.stringify(content) };
}

/** The content of a message in OpenAI's form: its reasoning is not taken back, its calls stand after its text. */
export function chatBlocks(message: unknown): DraftBlock[] {
  const parsed = chatMessage.safeParse(message);
  if (!parsed.success) return [];
  const { role, content, tool_calls, tool_call_id } = parsed.data;
  const blocks = blocksFrom(content);
  if (role === 'tool') {
    const text = blocks.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n');
    return [{ type: 'tool_result', toolUseId: tool_call_id ?? '', text, failed: false, cache: null }];
  }
  const calls = tool_calls.map(
    ({ id, function: called }): DraftBlock => ({
      type: 'tool_use',
      id,
      name: called.name,
      input: called.arguments,
      cache: null,
    }),
  );
  return [...blocks, ...calls];
}

const chatMessage = z.object({
  role: z.string().optional(),
  content: z.unknown().optional(),
  tool_call_id: z.string().optional(),
  tool_calls: z
    .array(z.object({ id: z.string(), function: z.object({ name: z.string(), arguments: z.string() }) }))
    .nullish()
    .transform((calls) => calls ?? []),
});

const cache = z
  .object({ type: z.literal('ephemeral'), ttl: z.enum(['5m', '1h']).default('5m') })
  .nullish()
  .transform((control) => control?.ttl ?? null);

const base64 = z.strictObject({ type: z.literal('base64'), media_type: z.string(), data: z.string() });

const textual = z.strictObject({ type: z.literal('text'), text: z.string() });

// Strict: a block with members that have no place here (citations, a title) would lose them, so it is kept whole.
const blockSchema = z.union([
  z
    .strictObject({ type: z.literal('text'), text: z.string(), citations: z.null().optional(), cache_control: cache })
    .transform(({ text, cache_control }): DraftBlock => ({ type: 'text', text, cache: cache_control })),
  z.strictObject({ type: z.enum(['image', 'document']), source: base64, cache_control: cache }).transform(
    ({ type, source, cache_control }): DraftBlock => ({
      type: 'media',
      mediaType: source.media_type,
      data: source.data,
      name: type,
      cache: cache_control,
    }),
  ),
  z
    .object({ type: z.literal('thinking'), thinking: z.string(), signature: z.string().default('') })
    .transform(({ thinking, signature }): DraftBlock => ({ type: 'thinking', text: thinking, signature })),
  z
    .strictObject({
      type: z.literal('tool_use'),
      id: z.string(),
      name: z.string(),
      input: z.unknown(),
      caller: z.object({ type: z.literal('direct') }).nullish(),
      cache_control: cache,
    })
    .transform(
      ({ id, name, input, cache_control }): DraftBlock => ({
        type: 'tool_use',
        id,
        name,
        input: typeof input === 'string' ? input : JSON.stringify(input ?? {}, null, 2),
        cache: cache_control,
      }),
    ),
  z
    .strictObject({
      type: z.literal('tool_result'),
      tool_use_id: z.string(),
      content: z
        .union([z.string(), z.array(textual).transform((parts) => parts.map(({ text }) => text).join('\n'))])
        .default(''),
      is_error: z.boolean().nullish(),
      cache_control: cache,
    })
    .transform(
      ({ tool_use_id, content, is_error, cache_control }): DraftBlock => ({
        type: 'tool_result',
        toolUseId: tool_use_id,
        text: content,
        failed: is_error === true,
        cache: cache_control,
      }),
    ),
  z
    .object({ type: z.literal('image_url'), image_url: z.object({ url: z.string() }) })
    .transform(({ image_url }, context): DraftBlock => {
      const [, mediaType, data] = /^data:([\w/+.-]+);base64,(.*)$/s.exec(image_url.url) ?? [];
      if (mediaType && data) return { type: 'media', mediaType, data, name: 'image', cache: null };
      context.addIssue({ code: 'custom', message: 'An address, not a picture.' });
      return z.NEVER;
    }),
]);
