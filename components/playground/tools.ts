import { z } from 'zod';

/** What was typed, understood; or why it could not be. */
export type Understood<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

const inputSchema = z.looseObject({ type: z.literal('object', 'must have "type": "object"') });
const name = z.string().regex(/^[a-zA-Z0-9_-]{1,128}$/, 'must be 1 to 128 letters, digits, _ or -');

const ownTool = z.looseObject({ name, description: z.string().optional(), input_schema: inputSchema });
/** One that the provider runs itself: web search and the like. */
const serverTool = z.looseObject({ type: z.string().regex(/^(?!custom$|function$)/), name });
const chatTool = z
  .object({
    type: z.literal('function'),
    function: z.looseObject({ name, description: z.string().optional(), parameters: inputSchema.optional() }),
  })
  .transform(({ function: { parameters, ...rest } }) => ({ ...rest, input_schema: parameters ?? { type: 'object' } }));

export type Tool = z.infer<typeof ownTool> | z.infer<typeof serverTool>;

/** The tools as they were typed, in Anthropic's form; those in OpenAI's are taken too. Empty for none. */
export function toolsFrom(typed: string): Understood<readonly Tool[]> {
  if (typed.trim() === '') return { ok: true, value: [] };
  const parsed = jsonFrom(typed);
  if (!parsed.ok) return parsed;
  if (!Array.isArray(parsed.value)) return { ok: false, problem: 'Tools are a JSON array: [ … ].' };
  const tools: Tool[] = [];
  for (const [index, given] of parsed.value.entries()) {
    const tool = toolFrom(given);
    if (!tool.success) {
      const issue = tool.error.issues[0];
      return { ok: false, problem: `Tool ${index + 1}: ${issue?.path.join('.') || 'it'} ${issue?.message}.` };
    }
    tools.push(tool.data);
  }
  const twice = tools.find((tool, index) => tools.findIndex((other) => other.name === tool.name) !== index);
  return twice ? { ok: false, problem: `Two tools are called ${twice.name}.` } : { ok: true, value: tools };
}

function toolFrom(given: unknown) {
  const kind = z.object({ type: z.string() }).safeParse(given).data?.type;
  if (kind === 'function') return chatTool.safeParse(given);
  return kind !== undefined && kind !== 'custom' ? serverTool.safeParse(given) : ownTool.safeParse(given);
}

/** A JSON object as it was typed; null for nothing. */
export function objectFrom(typed: string, what: string): Understood<Record<string, unknown> | null> {
  if (typed.trim() === '') return { ok: true, value: null };
  const parsed = jsonFrom(typed);
  if (!parsed.ok) return parsed;
  const object = z.record(z.string(), z.unknown()).safeParse(parsed.value);
  return object.success && !Array.isArray(parsed.value)
    ? { ok: true, value: object.data }
    : { ok: false, problem: `${what} must be a JSON object: { … }.` };
}

function jsonFrom(typed: string): Understood<unknown> {
  try {
    const value: unknown = JSON.parse(typed);
    return { ok: true, value };
  } catch (error) {
    return {
      ok: false,
      problem: `This is not JSON: ${error instanceof Error ? error.message : 'it can not be read'}.`,
    };
  }
}

export const EXAMPLE_TOOL = {
  name: 'get_weather',
  description: 'The weather in a city right now.',
  input_schema: {
    type: 'object',
    properties: { city: { type: 'string', description: 'Such as Paris' } },
    required: ['city'],
  },
};
