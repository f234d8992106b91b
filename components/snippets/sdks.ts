import type { Filled, Snippet } from './snippet';

/** What is written in a program: the official SDKs and the Vercel AI SDK. */
export function sdkSnippets(filled: Filled): { openai: Snippet; anthropic: Snippet; aiSdk: Snippet } {
  return {
    openai: {
      id: 'openai',
      label: 'OpenAI SDK',
      variants: [
        { language: 'Python', note: 'pip install openai', code: openaiPython(filled) },
        { language: 'TypeScript', note: 'npm install openai', code: openaiTypeScript(filled) },
      ],
    },
    anthropic: {
      id: 'anthropic',
      label: 'Anthropic SDK',
      variants: [
        { language: 'Python', note: 'pip install anthropic', code: anthropicPython(filled) },
        { language: 'TypeScript', note: 'npm install @anthropic-ai/sdk', code: anthropicTypeScript(filled) },
      ],
    },
    aiSdk: {
      id: 'ai-sdk',
      label: 'Vercel AI SDK',
      variants: [{ language: 'TypeScript', note: 'npm install ai @ai-sdk/anthropic', code: aiSdk(filled) }],
    },
  };
}

function openaiPython({ openaiUrl, apiKey, model, prompt }: Filled): string {
  return `from openai import OpenAI

client = OpenAI(
    base_url="${openaiUrl}",
    api_key="${apiKey}",
)
response = client.chat.completions.create(
    model="${model}",
    messages=[{"role": "user", "content": "${prompt}"}],
)
print(response.choices[0].message.content)`;
}

function openaiTypeScript({ openaiUrl, apiKey, model, prompt }: Filled): string {
  return `import OpenAI from 'openai';

const client = new OpenAI({
  baseURL: '${openaiUrl}',
  apiKey: '${apiKey}',
});
const response = await client.chat.completions.create({
  model: '${model}',
  messages: [{ role: 'user', content: '${prompt}' }],
});
console.log(response.choices[0].message.content);`;
}

function anthropicPython({ anthropicUrl, apiKey, model, prompt }: Filled): string {
  return `from anthropic import Anthropic

client = Anthropic(
    base_url="${anthropicUrl}/",
    api_key="${apiKey}",
)
with client.messages.stream(
    model="${model}",
    max_tokens=1024,
    messages=[{"role": "user", "content": "${prompt}"}],
) as stream:
    for text in stream.text_stream:
        print(text, end="", flush=True)`;
}

function anthropicTypeScript({ anthropicUrl, apiKey, model, prompt }: Filled): string {
  return `import Anthropic from '@anthropic-ai/sdk';

const client = new Anthropic({
  baseURL: '${anthropicUrl}/',
  apiKey: '${apiKey}',
});
const stream = client.messages.stream({
  model: '${model}',
  max_tokens: 1024,
  messages: [{ role: 'user', content: '${prompt}' }],
});
stream.on('text', (text) => process.stdout.write(text));
await stream.finalMessage();`;
}

function aiSdk({ anthropicUrl, apiKey, model, prompt }: Filled): string {
  return `import { createAnthropic } from '@ai-sdk/anthropic';
import { streamText } from 'ai';

const anthropic = createAnthropic({
  baseURL: '${anthropicUrl}',
  apiKey: '${apiKey}',
});
const { textStream } = streamText({
  model: anthropic('${model}'),
  prompt: '${prompt}',
});
for await (const text of textStream) process.stdout.write(text);`;
}
