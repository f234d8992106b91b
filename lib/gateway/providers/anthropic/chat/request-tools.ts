import { toStrictSchema } from './json-schema';
import type { ModelRules } from './model-rules';
import type { ChatRequest, FunctionDefinition, Tool, ToolChoice } from './schema';

type ToolRequest = Pick<ChatRequest, 'tools' | 'tool_choice' | 'parallel_tool_calls' | 'functions' | 'function_call'>;

export interface ToolSettings {
  readonly tools: readonly object[];
  readonly choice: AnthropicChoice | null;
}

type AnthropicChoice =
  | { type: 'auto' | 'any'; disable_parallel_tool_use?: boolean }
  | { type: 'tool'; name: string; disable_parallel_tool_use?: boolean }
  | { type: 'none' };

/** Tools and the choice among them, the older `functions` included. */
export function toToolSettings(request: ToolRequest, rules: ModelRules, warnings: Set<string>): ToolSettings {
  const wanted = request.tool_choice ?? fromFunctionCall(request.function_call);
  const tools = allowedTools(request.tools ?? [], wanted).map(toAnthropicTool);
  for (const definition of request.functions ?? []) tools.push(fromFunction(definition));
  if (tools.length === 0) return { tools, choice: null };

  let choice = toAnthropicChoice(wanted);
  if (isForced(choice) && !rules.forcedToolChoice) {
    warnings.add('This model refuses a forced tool_choice: "auto" was sent instead.');
    choice = { type: 'auto' };
  }
  if (request.parallel_tool_calls === false && choice?.type !== 'none') {
    choice = { ...(choice ?? { type: 'auto' }), disable_parallel_tool_use: true };
  }
  return { tools, choice };
}

export function isForced(choice: AnthropicChoice | null): boolean {
  return choice?.type === 'any' || choice?.type === 'tool';
}

/** The choice without its force, for requests where the model has to be free to think first. */
export function unforced(choice: AnthropicChoice): AnthropicChoice {
  const { type: _, ...rest } = choice;
  return 'disable_parallel_tool_use' in rest
    ? { type: 'auto', disable_parallel_tool_use: rest.disable_parallel_tool_use }
    : { type: 'auto' };
}

function fromFunctionCall(call: ChatRequest['function_call']): ToolChoice | null {
  if (call === null || call === undefined || typeof call === 'string') return call ?? null;
  return { type: 'function', function: { name: call.name } };
}

function allowedTools(tools: readonly Tool[], choice: ToolChoice | null): readonly Tool[] {
  if (choice === null || typeof choice === 'string' || choice.type !== 'allowed_tools') return tools;
  const names = new Set<unknown>(choice.allowed_tools.tools.map((tool) => tool.function.name));
  return tools.filter((tool) => !isFunctionTool(tool) || names.has(tool.function.name));
}

function toAnthropicChoice(choice: ToolChoice | null): AnthropicChoice | null {
  if (choice === null) return null;
  if (typeof choice === 'string') return { type: choice === 'required' ? 'any' : choice };
  if (choice.type === 'allowed_tools') return { type: choice.allowed_tools.mode === 'required' ? 'any' : 'auto' };
  return { type: 'tool', name: choice.function.name };
}

function isFunctionTool(tool: Tool): tool is Extract<Tool, { type: 'function' }> {
  return tool.type === 'function';
}

function toAnthropicTool(tool: Tool): object {
  if (!isFunctionTool(tool)) return tool;
  return fromFunction({ ...tool.function, cache_control: tool.cache_control ?? tool.function.cache_control });
}

function fromFunction(definition: FunctionDefinition): object {
  const schema = { type: 'object', ...(definition.parameters ?? { properties: {} }) };
  const strict = definition.strict === true;
  return {
    name: definition.name,
    ...(definition.description ? { description: definition.description } : {}),
    input_schema: strict ? toStrictSchema(schema) : schema,
    ...(strict ? { strict } : {}),
    ...(definition.cache_control ? { cache_control: definition.cache_control } : {}),
  };
}
