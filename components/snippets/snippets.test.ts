import { expect, test } from 'vitest';
import { snippets } from './snippets';

const filled = snippets({ origin: 'https://gate.example.com', apiKey: 'abcd1234.secret' });
const code = (id: string, language: string) =>
  filled.find((snippet) => snippet.id === id)?.variants.find((variant) => variant.language === language)?.code ?? '';

test('every snippet has the key and the address, and nothing left to fill in', () => {
  for (const { variants } of filled) {
    for (const variant of variants) {
      expect(variant.code).toContain('abcd1234.secret');
      expect(variant.code).toContain('https://gate.example.com/api');
      expect(variant.code).not.toMatch(/YOUR_|undefined|\$\{/);
    }
  }
});

test('without a key there is a placeholder to replace', () => {
  for (const { variants } of snippets({ origin: 'http://localhost:3000' })) {
    for (const variant of variants) expect(variant.code).toContain('YOUR_RESPAN_KEY');
  }
});

test('each client gets the base URL that it completes to a path of ours', () => {
  expect(code('curl', 'Shell')).toContain('curl https://gate.example.com/api/anthropic/v1/messages');
  expect(code('openai', 'Python')).toContain('base_url="https://gate.example.com/api"');
  expect(code('openai', 'TypeScript')).toContain("baseURL: 'https://gate.example.com/api'");
  expect(code('anthropic', 'Python')).toContain('base_url="https://gate.example.com/api/anthropic/"');
  expect(code('anthropic', 'TypeScript')).toContain("baseURL: 'https://gate.example.com/api/anthropic/'");
  expect(code('ai-sdk', 'TypeScript')).toContain("baseURL: 'https://gate.example.com/api/anthropic'");
  expect(code('claude-code', 'Shell')).toContain('ANTHROPIC_BASE_URL=https://gate.example.com/api/anthropic/');
  expect(JSON.parse(code('claude-code', 'settings.json'))).toEqual({
    env: {
      ANTHROPIC_BASE_URL: 'https://gate.example.com/api/anthropic/',
      ANTHROPIC_API_KEY: 'abcd1234.secret',
      ANTHROPIC_AUTH_TOKEN: '',
    },
  });
});

test("curl's body is JSON that Anthropic accepts", () => {
  const body = /-d '([^']*)'/.exec(code('curl', 'Shell'))?.[1] ?? '';
  expect(JSON.parse(body)).toMatchObject({
    model: 'claude-sonnet-5-5',
    max_tokens: 1024,
    messages: [{ role: 'user' }],
  });
});
