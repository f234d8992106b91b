import { expect, test } from 'vitest';
import { conversationOf } from './conversation';
import { fitted } from './conversation-size';

const read = (messages: unknown[]) => conversationOf({ request: JSON.stringify({ messages }), response: null });

test('a short conversation stays as it is', () => {
  const conversation = read([{ role: 'user', content: 'Hi' }]);
  expect(fitted(conversation)).toEqual(conversation);
});

test('of a long history the latest turns stay', () => {
  const turns = Array.from({ length: 100 }, (_, index) => ({
    role: 'user',
    content: `${index} ${'x'.repeat(50_000)}`,
  }));
  const { prompt, omittedTurns } = fitted(read(turns));
  expect(prompt.length + omittedTurns).toBe(100);
  expect(JSON.stringify(prompt).length).toBeLessThan(650_000);
  expect(prompt.at(-1)?.blocks[0]).toMatchObject({ text: expect.stringMatching(/^99 /) });
});

test('one enormous text is cut, and says so', () => {
  const { prompt, omittedTurns } = fitted(read([{ role: 'user', content: 'x'.repeat(5_000_000) }]));
  expect(omittedTurns).toBe(0);
  expect(JSON.stringify(prompt).length).toBeLessThan(101_000);
  expect(JSON.stringify(prompt)).toContain('the raw body has the rest');
});

test('results of tools are cut as well', () => {
  const result = { type: 'tool_result', tool_use_id: 't', content: 'x'.repeat(900_000) };
  expect(JSON.stringify(fitted(read([{ role: 'user', content: [result] }]))).length).toBeLessThan(101_000);
});
