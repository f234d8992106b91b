import { z } from 'zod';

/**
 * The parts of an OpenAI chat completion request that are translated. Members that are not named here are stripped and
 * so can't reach Anthropic; anything that a client may leave out may also be null.
 */

const cacheControl = z.object({ type: z.string(), ttl: z.string().optional() }).nullish();

const textPart = z.object({ type: z.literal('text'), text: z.string(), cache_control: cacheControl });
const refusalPart = z.object({ type: z.literal('refusal'), refusal: z.string(), cache_control: cacheControl });
const imagePart = z.object({
  type: z.literal('image_url'),
  image_url: z.union([z.string(), z.object({ url: z.string(), detail: z.string().nullish() })]),
  cache_control: cacheControl,
});
const filePart = z.object({
  type: z.literal('file'),
  file: z.object({ file_data: z.string().nullish(), file_id: z.string().nullish(), filename: z.string().nullish() }),
  cache_control: cacheControl,
});
const audioPart = z.object({ type: z.literal('input_audio') });
/** Anthropic's own blocks, for what Chat Completions can't say: citations, search results, files by id. */
const nativeImage = z.object({ type: z.literal('image'), source: z.looseObject({}), cache_control: cacheControl });
const nativeDocument = z.object({
  type: z.literal('document'),
  source: z.looseObject({}),
  title: z.string().nullish(),
  context: z.string().nullish(),
  citations: z.looseObject({}).nullish(),
  cache_control: cacheControl,
});
const nativeSearchResult = z.object({
  type: z.literal('search_result'),
  source: z.string(),
  title: z.string(),
  content: z.array(z.looseObject({})),
  citations: z.looseObject({}).nullish(),
  cache_control: cacheControl,
});

const part = z.discriminatedUnion('type', [
  textPart,
  refusalPart,
  imagePart,
  filePart,
  audioPart,
  nativeImage,
  nativeDocument,
  nativeSearchResult,
]);
export type ContentPart = z.infer<typeof part>;

const content = z.union([z.string(), z.array(part)]);
export type Content = z.infer<typeof content>;

const functionCall = z.object({ name: z.string(), arguments: z.unknown().optional() });
const toolCall = z.object({
  id: z.string(),
  type: z.literal('function', { error: 'Anthropic takes function calls only' }).nullish(),
  function: functionCall,
});

const shared = { name: z.unknown().optional(), cache_control: cacheControl };
const message = z.discriminatedUnion('role', [
  z.object({ role: z.enum(['system', 'developer']), content, ...shared }),
  z.object({ role: z.literal('user'), content, ...shared }),
  z.object({
    role: z.literal('assistant'),
    content: content.nullish(),
    refusal: z.string().nullish(),
    tool_calls: z.array(toolCall).nullish(),
    function_call: functionCall.nullish(),
    // Not parsed: these blocks are signed, and must go back exactly as they came.
    thinking_blocks: z.array(z.unknown()).nullish(),
    ...shared,
  }),
  z.object({ role: z.literal('tool'), content: content.nullish(), tool_call_id: z.string(), ...shared }),
  z.object({ role: z.literal('function'), content: content.nullish(), name: z.string(), cache_control: cacheControl }),
]);
export type ChatMessage = z.infer<typeof message>;

const functionDefinition = z.object({
  name: z.string(),
  description: z.string().nullish(),
  parameters: z.looseObject({}).nullish(),
  strict: z.boolean().nullish(),
  cache_control: cacheControl,
});
export type FunctionDefinition = z.infer<typeof functionDefinition>;

const functionTool = z.object({
  type: z.literal('function'),
  function: functionDefinition,
  cache_control: cacheControl,
});
/** Anthropic's server tools are named with a date, such as web_search_20250305, and are passed on as they are. */
const anthropicTool = z.looseObject({ type: z.string().regex(/_\d{8}$/, { abort: true }) });
const tool = z.union([functionTool, anthropicTool], {
  error: 'Expected a tool of type "function" with function.name. Anthropic takes no other OpenAI tools',
});
export type Tool = z.infer<typeof tool>;

const namedTool = z.looseObject({ function: z.looseObject({ name: z.string() }) });
const toolChoice = z.union(
  [
    z.enum(['auto', 'none', 'required']),
    z.object({ type: z.literal('function'), function: z.object({ name: z.string() }) }),
    z.object({
      type: z.literal('allowed_tools'),
      allowed_tools: z.object({ mode: z.enum(['auto', 'required']), tools: z.array(namedTool) }),
    }),
  ],
  { error: 'Expected "auto", "none", "required", or an object that names a function' },
);
export type ToolChoice = z.infer<typeof toolChoice>;

const responseFormat = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text') }),
  z.object({ type: z.literal('json_object') }),
  z.object({ type: z.literal('json_schema'), json_schema: z.object({ schema: z.looseObject({}) }) }),
]);
export type ResponseFormat = z.infer<typeof responseFormat>;

const tokens = z.number().int().min(0).nullish();

export const chatRequestSchema = z.object({
  model: z.string().min(1),
  messages: z.array(message).min(1, { error: 'At least one message is required' }),
  max_completion_tokens: tokens,
  max_tokens: tokens,
  temperature: z.number().nullish(),
  top_p: z.number().nullish(),
  top_k: z.number().nullish(),
  n: z.number().nullish(),
  stop: z.union([z.string(), z.array(z.string())]).nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  tools: z.array(tool).nullish(),
  tool_choice: toolChoice.nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  functions: z.array(functionDefinition).nullish(),
  function_call: z.union([z.enum(['auto', 'none']), z.object({ name: z.string() })]).nullish(),
  response_format: responseFormat.nullish(),
  reasoning_effort: z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']).nullish(),
  thinking: z
    .object({ type: z.string(), budget_tokens: z.number().int().optional(), display: z.string().nullish() })
    .nullish(),
  cache_control: cacheControl,
  user: z.union([z.string(), z.number()]).nullish(),
  safety_identifier: z.string().nullish(),
  service_tier: z.string().nullish(),
});
export type ChatRequest = z.infer<typeof chatRequestSchema>;
