import { newId } from '../ids';
import type { MessageRequest } from '../validate/schema';
import { type CustomTool, isCustom, isServerTool, type Tool } from '../validate/tools';
import type { ReplyBlock } from './blocks';
import { sample } from './sample';
import { Seed } from './seed';

/** Words of a tool's name that say how, not what. */
const VERBS = new Set(['get', 'set', 'fetch', 'list', 'find', 'lookup', 'read', 'run', 'do', 'make', 'create', 'call']);

/**
 * The tool calls of a reply, empty for none. A forced choice is obeyed; a free one calls a tool whose name the last
 * message mentions ("what is the weather" for `get_weather`), twice where it says "parallel".
 */
export function toolCalls(request: MessageRequest, text: string): ReplyBlock[] {
  const tools = (request.tools ?? []).filter((tool) => !isServerTool(tool) && tool.name !== undefined);
  const chosen = chooseTools(tools, request, text);
  const [first] = chosen;
  if (!first) return [];
  const mayRepeat = !(request.tool_choice && 'disable_parallel_tool_use' in request.tool_choice)
    ? true
    : request.tool_choice.disable_parallel_tool_use !== true;
  const isParallel = mayRepeat && /\bparallel\b/i.test(text);
  const called = isParallel ? [first, chosen[1] ?? first] : [first];
  const hints = hintsOf(text);
  return called.map((tool, index) => ({
    type: 'tool_use',
    id: newId('toolu'),
    name: tool.name ?? '',
    inputJson: JSON.stringify(inputOf(tool, hints[index] ?? hints[0] ?? null, `${text} ${index}`)),
  }));
}

function chooseTools(tools: readonly Tool[], request: MessageRequest, text: string): Tool[] {
  const choice = request.tool_choice ?? { type: 'auto' as const };
  const mentioned = tools.filter((tool) => tool.defer_loading !== true && mentions(text, tool.name ?? ''));
  switch (choice.type) {
    case 'none':
      return [];
    case 'tool':
      return tools.filter((tool) => tool.name === choice.name);
    case 'any':
      return mentioned.length > 0 ? mentioned : tools.slice(0, 1);
    case 'auto':
      return mentioned;
  }
}

function mentions(text: string, name: string): boolean {
  const said = new Set(wordsOf(text));
  const words = wordsOf(name);
  const telling = words.filter((word) => word.length > 2 && !VERBS.has(word));
  const wanted = telling.length > 0 ? telling : words;
  return wanted.length > 0 && wanted.every((word) => said.has(word) || said.has(`${word}s`));
}

function wordsOf(text: string): string[] {
  return text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** What the message names: quoted words, else capitalised ones after "in", "for", "and" … */
function hintsOf(text: string): string[] {
  const quoted = [...text.matchAll(/["“]([^"”]{1,80})["”]/g)].map(([, words]) => words ?? '');
  const named = [...text.matchAll(/\b(?:in|for|of|to|from|about|and|at) ((?:\p{Lu}[\p{L}-]*)(?: \p{Lu}[\p{L}-]*)*)/gu)];
  return quoted.length > 0 ? quoted : named.map(([, words]) => words ?? '');
}

function inputOf(tool: Tool, hint: string | null, seedText: string): unknown {
  if (!isCustom(tool)) return builtInInput(tool.type, hint);
  const schema: CustomTool['input_schema'] = tool.input_schema;
  return sample(schema, { root: schema, seed: new Seed(seedText), hint });
}

/** Tools whose schema only the provider holds. */
function builtInInput(type: string, hint: string | null): unknown {
  if (type.startsWith('bash')) return { command: 'echo simulated' };
  if (type.startsWith('text_editor')) return { command: 'view', path: '/tmp/simulated.txt' };
  if (type.startsWith('memory')) return { command: 'view', path: '/memories' };
  return { action: 'screenshot', ...(hint === null ? {} : { text: hint }) };
}
