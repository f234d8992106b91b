import { z } from 'zod';

/** Anthropic reads a string as one text block, so the rest of the code knows only lists of blocks. */
function blocksOf<T extends z.ZodType>(block: T) {
  return z.preprocess((value) => (typeof value === 'string' ? [{ type: 'text', text: value }] : value), z.array(block));
}

export const cacheControl = z
  .strictObject({ type: z.literal('ephemeral'), ttl: z.enum(['5m', '1h']).optional(), scope: z.string().optional() })
  .nullish();

const caller = z.looseObject({ type: z.string() }).nullish();
const citations = z.array(z.looseObject({ type: z.string() })).nullish();
const base64 = z.string().regex(/^[A-Za-z0-9+/\s]*={0,2}\s*$/, 'base64');
const file = z.strictObject({ type: z.literal('file'), file_id: z.string() });
const url = z.strictObject({ type: z.literal('url'), url: z.string() });

export const textBlock = z.strictObject({
  type: z.literal('text'),
  text: z.string(),
  cache_control: cacheControl,
  citations,
});

const imageBlock = z.strictObject({
  type: z.literal('image'),
  source: z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('base64'),
      media_type: z.enum(['image/jpeg', 'image/png', 'image/gif', 'image/webp']),
      data: base64,
    }),
    url,
    file,
  ]),
  cache_control: cacheControl,
  transformations: z.looseObject({}).nullish(),
});

const citationsConfig = z.strictObject({ enabled: z.boolean().optional() }).nullish();

const documentBlock = z.strictObject({
  type: z.literal('document'),
  source: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('base64'), media_type: z.literal('application/pdf'), data: base64 }),
    z.strictObject({ type: z.literal('text'), media_type: z.literal('text/plain'), data: z.string() }),
    z.strictObject({
      type: z.literal('content'),
      content: blocksOf(z.discriminatedUnion('type', [textBlock, imageBlock])),
    }),
    url,
    file,
  ]),
  title: z.string().nullish(),
  context: z.string().nullish(),
  citations: citationsConfig,
  cache_control: cacheControl,
});

const searchResultBlock = z.strictObject({
  type: z.literal('search_result'),
  source: z.string(),
  title: z.string(),
  content: z.array(textBlock),
  citations: citationsConfig,
  cache_control: cacheControl,
});

const toolReferenceBlock = z.looseObject({ type: z.literal('tool_reference') });
const browserStateBlock = z.looseObject({ type: z.literal('browser_state') });

const toolResultBlock = z.strictObject({
  type: z.literal('tool_result'),
  tool_use_id: z.string().regex(/^[a-zA-Z0-9_-]+$/),
  content: blocksOf(
    z.discriminatedUnion('type', [
      textBlock,
      imageBlock,
      documentBlock,
      searchResultBlock,
      toolReferenceBlock,
      browserStateBlock,
    ]),
  ).optional(),
  is_error: z.boolean().nullish(),
  toolset_name: z.string().nullish(),
  cache_control: cacheControl,
});

const toolUseBlock = z.strictObject({
  type: z.literal('tool_use'),
  id: z.string().regex(/^[a-zA-Z0-9_-]+$/),
  name: z.string().min(1).max(200),
  input: z.record(z.string(), z.unknown()),
  caller,
  toolset_name: z.string().nullish(),
  cache_control: cacheControl,
});

const thinkingBlock = z.strictObject({ type: z.literal('thinking'), thinking: z.string(), signature: z.string() });
const redactedThinkingBlock = z.strictObject({ type: z.literal('redacted_thinking'), data: z.string() });

const serverToolUseBlock = z.strictObject({
  type: z.literal('server_tool_use'),
  id: z.string(),
  name: z.string(),
  input: z.unknown(),
  caller,
  cache_control: cacheControl,
});

/** Results of server tools come back as they were sent; what is inside them is the provider's own business. */
const serverToolResultBlock = z.looseObject({
  type: z.literal([
    'web_search_tool_result',
    'web_fetch_tool_result',
    'code_execution_tool_result',
    'bash_code_execution_tool_result',
    'text_editor_code_execution_tool_result',
    'tool_search_tool_result',
    'advisor_tool_result',
    'mcp_tool_use',
    'mcp_tool_result',
    'container_upload',
    'compaction',
    'fallback',
  ]),
  cache_control: cacheControl,
});

export const contentBlock = z.discriminatedUnion('type', [
  textBlock,
  imageBlock,
  documentBlock,
  searchResultBlock,
  thinkingBlock,
  redactedThinkingBlock,
  toolUseBlock,
  toolResultBlock,
  serverToolUseBlock,
  serverToolResultBlock,
]);

export const messageParam = z.strictObject({
  role: z.enum(['user', 'assistant', 'system']),
  content: blocksOf(contentBlock),
  /** Of system messages alone, and behind a beta each: a change of settings from here on. */
  output_config: z.strictObject({ effort: z.enum(['low', 'medium', 'high', 'xhigh', 'max']).nullish() }).nullish(),
  clear_at: z.enum(['next_user_message', 'never']).nullish(),
});

export const systemParam = blocksOf(textBlock).optional();

export type ContentBlock = z.infer<typeof contentBlock>;
export type MessageParam = z.infer<typeof messageParam>;
