import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { codeFor } from './code';
import { emptyDraft, newMessage, textBlock } from './draft';

const CLAUDE = { id: 'claude-sonnet-5-5', providerName: 'Anthropic', format: 'messages', custom: false } as const;
const TRICKY = `It's "quoted" \\ and\nlong – ünïcode`;

const draft = {
  ...emptyDraft(CLAUDE.id),
  messages: [
    newMessage('user', [
      { type: 'media', mediaType: 'image/png', data: 'x'.repeat(5000), name: 'cat.png', cache: null },
      textBlock(TRICKY),
    ]),
  ],
  tools: JSON.stringify([{ name: 'f', input_schema: { type: 'object', additionalProperties: false } }]),
};

function codeOf(model: Parameters<typeof codeFor>[1], id: string, language: string): string {
  const snippet = codeFor(draft, model, 'https://gate.example.com').find((one) => one.id === id);
  return snippet?.variants.find((variant) => variant.language === language)?.code ?? '';
}

test("curl's body survives the shell", () => {
  const command = codeOf(CLAUDE, 'curl', 'Shell').replace(/^curl /, 'printf "%s\\n" ');
  const printed = execFileSync('sh', ['-c', command], { encoding: 'utf8' });
  const body = JSON.parse(printed.slice(printed.indexOf('{')));
  expect(body.messages[0].content[1].text).toBe(TRICKY);
  expect(body.messages[0].content[0].source.data).toBe('BASE64 OF cat.png');
  expect(body).not.toHaveProperty('stream');
});

test('TypeScript and Python are valid, and say the same as the request', () => {
  const script = codeOf(CLAUDE, 'anthropic', 'TypeScript');
  const literal = script.slice(script.indexOf('create(') + 7, script.lastIndexOf(');\nconsole'));
  expect(JSON.parse(literal).messages[0].content[1].text).toBe(TRICKY);
  for (const id of ['anthropic', 'openai']) {
    const python = codeOf(CLAUDE, id, 'Python');
    expect(python).toContain('"additionalProperties": False,');
    execFileSync('python3', ['-c', 'import ast,sys; ast.parse(sys.stdin.read())'], { input: python });
  }
});

test('a model that speaks chat completions is not offered through the Anthropic SDK', () => {
  const model = { id: 'gpt-5', providerName: 'OpenAI', format: 'chat', custom: false } as const;
  expect(codeFor(draft, model, 'https://gate.example.com').map(({ id }) => id)).toEqual(['curl', 'openai']);
  expect(codeOf(model, 'curl', 'Shell')).toContain('https://gate.example.com/api/chat/completions');
});
