import { z } from 'zod';
import { cacheControl } from './blocks';

const customTool = z.strictObject({
  type: z.literal(['custom', null]).optional(),
  name: z.string().regex(/^[a-zA-Z0-9_-]{1,128}$/),
  description: z.string().optional(),
  input_schema: z.looseObject({ type: z.literal('object') }),
  strict: z.boolean().optional(),
  eager_input_streaming: z.boolean().nullish(),
  defer_loading: z.boolean().optional(),
  allowed_callers: z.array(z.string()).optional(),
  input_examples: z.array(z.record(z.string(), z.unknown())).optional(),
  cache_control: cacheControl,
});

/** Tools whose schema the provider knows. The first kind runs on the provider's side, the second at the client. */
const SERVER_TOOL_TYPES = [
  'web_search_20250305',
  'web_search_20260209',
  'web_search_20260318',
  'web_fetch_20250910',
  'web_fetch_20260209',
  'web_fetch_20260309',
  'web_fetch_20260318',
  'code_execution_20250522',
  'code_execution_20250825',
  'code_execution_20260120',
  'code_execution_20260521',
  'tool_search_tool_bm25',
  'tool_search_tool_bm25_20251119',
  'tool_search_tool_regex',
  'tool_search_tool_regex_20251119',
  'advisor_20260301',
] as const;

const CLIENT_TOOL_TYPES = [
  'bash_20241022',
  'bash_20250124',
  'text_editor_20241022',
  'text_editor_20250124',
  'text_editor_20250429',
  'text_editor_20250728',
  'memory_20250818',
  'computer_20241022',
  'computer_20250124',
  'computer_20251124',
  'computer_toolset_20260801',
  'browser_toolset_20260801',
  'mcp_toolset',
] as const;

const builtInTool = z.looseObject({
  type: z.literal([...SERVER_TOOL_TYPES, ...CLIENT_TOOL_TYPES]),
  name: z.string().optional(),
  defer_loading: z.boolean().optional(),
  cache_control: cacheControl,
});

export const tool = z.discriminatedUnion('type', [customTool, builtInTool]);

const parallel = { disable_parallel_tool_use: z.boolean().optional() };

export const toolChoice = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('auto'), ...parallel }),
  z.strictObject({ type: z.literal('any'), ...parallel }),
  z.strictObject({ type: z.literal('tool'), name: z.string(), ...parallel }),
  z.strictObject({ type: z.literal('none') }),
]);

export type Tool = z.infer<typeof tool>;
export type CustomTool = z.infer<typeof customTool>;

export function isCustom(tool: Tool): tool is CustomTool {
  return tool.type === undefined || tool.type === null || tool.type === 'custom';
}

export function isServerTool(tool: Tool): boolean {
  return SERVER_TOOL_TYPES.some((type) => type === tool.type);
}

export function isWebSearch(tool: Tool): boolean {
  return typeof tool.type === 'string' && tool.type.startsWith('web_search_');
}
