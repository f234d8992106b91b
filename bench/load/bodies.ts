/** Requests close to real traffic: a chat turn of 2 kB, and a coding agent's turn of 100 kB with history and tools. */

const MODEL = 'claude-sonnet-5-5';
const WORDS =
  'You are a careful assistant. Answer briefly, name the file and the line, and say so when you do not know. ';

export function smallBody(stream = false): string {
  return bodyOf(stream, { system: textOf(600), messages: turns(3, 400) });
}

export function largeBody(): string {
  return bodyOf(false, {
    system: [{ type: 'text', text: textOf(12_000), cache_control: { type: 'ephemeral' } }],
    messages: turns(41, 1700),
    tools: Array.from({ length: 18 }, (_, index) => tool(index)),
  });
}

function bodyOf(stream: boolean, rest: object): string {
  return JSON.stringify({
    ...{ model: MODEL, max_tokens: 1024, temperature: 0.2, metadata: { user_id: 'user-42' }, ...rest },
    ...(stream ? { stream: true } : {}),
  });
}

function turns(count: number, bytes: number): object[] {
  return Array.from({ length: count }, (_, index) => ({
    role: index % 2 === 0 ? 'user' : 'assistant',
    content: [{ type: 'text', text: textOf(bytes) }],
  }));
}

function tool(index: number): object {
  const properties = { path: { type: 'string', description: textOf(80) }, line: { type: 'integer' } };
  return {
    name: `tool_${index}`,
    description: textOf(600),
    input_schema: { type: 'object', properties, required: ['path'] },
  };
}

function textOf(bytes: number): string {
  return WORDS.repeat(Math.ceil(bytes / WORDS.length)).slice(0, bytes);
}
