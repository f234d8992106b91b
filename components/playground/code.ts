import type { PlaygroundModel } from '@/lib/playground/schema';
import type { Snippet } from '../snippets/snippet';
import { KEY_PLACEHOLDER } from '../snippets/snippets';
import type { Draft } from './draft';
import { bodyFor } from './request';

/** The run as programs would make it: the languages that the model is spoken to in. Files are left out by name. */
export function codeFor(draft: Draft, model: PlaygroundModel, origin: string): readonly Snippet[] {
  const short = withoutFiles(draft);
  const chat = plain(bodyFor(short, { ...model, format: 'chat' }));
  const openai: Snippet = {
    id: 'openai',
    label: 'OpenAI SDK',
    variants: [
      { language: 'Python', note: 'pip install openai', code: openaiPython(chat, origin) },
      { language: 'TypeScript', note: 'npm install openai', code: openaiTypeScript(chat, origin) },
    ],
  };
  if (model.format === 'chat') return [curl(chat, `${origin}/api/chat/completions`, false), openai];
  const messages = plain(bodyFor(short, model));
  const anthropic: Snippet = {
    id: 'anthropic',
    label: 'Anthropic SDK',
    variants: [
      { language: 'Python', note: 'pip install anthropic', code: anthropicPython(messages, origin) },
      { language: 'TypeScript', note: 'npm install @anthropic-ai/sdk', code: anthropicTypeScript(messages, origin) },
    ],
  };
  return [curl(messages, `${origin}/api/anthropic/v1/messages`, true), anthropic, openai];
}

type Body = Record<string, unknown>;

function curl(body: Body, url: string, isAnthropic: boolean): Snippet {
  // A single quote ends the shell's own: closed, escaped, opened again.
  const json = JSON.stringify(body, null, 2).replaceAll("'", "'\\''");
  const headers = isAnthropic
    ? `  -H "x-api-key: ${KEY_PLACEHOLDER}" \\\n  -H "anthropic-version: 2023-06-01" \\\n`
    : `  -H "authorization: Bearer ${KEY_PLACEHOLDER}" \\\n`;
  const code = `curl ${url} \\\n${headers}  -H "content-type: application/json" \\\n  -d '${json}'`;
  return { id: 'curl', label: 'curl', variants: [{ language: 'Shell', note: 'Run it in a terminal.', code }] };
}

function anthropicPython(body: Body, origin: string): string {
  return `from anthropic import Anthropic

client = Anthropic(
    base_url="${origin}/api/anthropic/",
    api_key="${KEY_PLACEHOLDER}",
)
message = client.messages.create(
    **${python(body, 1)}
)
print(message.content)`;
}

function anthropicTypeScript(body: Body, origin: string): string {
  return `import Anthropic from '@anthropic-ai/sdk';

const client = new Anthropic({
  baseURL: '${origin}/api/anthropic/',
  apiKey: '${KEY_PLACEHOLDER}',
});
const message = await client.messages.create(${JSON.stringify(body, null, 2)});
console.log(message.content);`;
}

function openaiPython(body: Body, origin: string): string {
  return `from openai import OpenAI

client = OpenAI(
    base_url="${origin}/api",
    api_key="${KEY_PLACEHOLDER}",
)
response = client.chat.completions.create(
    **${python(body, 1)}
)
print(response.choices[0].message)`;
}

function openaiTypeScript(body: Body, origin: string): string {
  return `import OpenAI from 'openai';

const client = new OpenAI({
  baseURL: '${origin}/api',
  apiKey: '${KEY_PLACEHOLDER}',
});
const response = await client.chat.completions.create(${JSON.stringify(body, null, 2)});
console.log(response.choices[0].message);`;
}

/** A value as Python writes it. JSON's escapes of text are Python's too. @param depth in levels of four spaces */
function python(value: unknown, depth: number): string {
  const [inner, outer] = ['    '.repeat(depth + 1), '    '.repeat(depth)];
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value !== 'object') return JSON.stringify(value);
  const entries = Array.isArray(value)
    ? value.map((one) => python(one, depth + 1))
    : Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}: ${python(one, depth + 1)}`);
  const [opens, closes] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (entries.length === 0) return `${opens}${closes}`;
  return `${opens}\n${entries.map((entry) => `${inner}${entry},\n`).join('')}${outer}${closes}`;
}

/** One whole answer is shorter to write than a stream. */
function plain({ stream: _stream, stream_options: _options, ...body }: Body): Body {
  return body;
}

function withoutFiles(draft: Draft): Draft {
  return {
    ...draft,
    messages: draft.messages.map((message) => ({
      ...message,
      blocks: message.blocks.map((block) =>
        block.type === 'media' ? { ...block, data: `BASE64 OF ${block.name}` } : block,
      ),
    })),
  };
}
