import { expect, test } from 'vitest';
import { conversationOf } from './conversation';

const read = (response: string) => conversationOf({ request: null, response });

const chunks = (...choices: object[]) =>
  choices.map((choice) => `data: ${JSON.stringify({ choices: [choice] })}\n\n`).join('');

test('several choices in one stream: each is a turn of its own, and all must be whole', () => {
  const stream = chunks(
    { index: 1, delta: { role: 'assistant', content: 'Sec' } },
    { index: 0, delta: { role: 'assistant', content: 'First' } },
    { index: 1, delta: { content: 'ond' } },
    { index: 0, delta: {}, finish_reason: 'stop' },
  );
  const { reply, cut } = read(stream);
  expect(reply.map(({ blocks }) => blocks)).toEqual([
    [{ type: 'text', text: 'First' }],
    [{ type: 'text', text: 'Second' }],
  ]);
  expect(cut).toBe(true);
  expect(read(stream + chunks({ index: 1, delta: {}, finish_reason: 'stop' })).cut).toBe(false);
  const failed = read(`${stream}data: {"error":{"message":"Overloaded"}}\n\n`).reply;
  expect(failed[1]?.blocks.at(-1)).toMatchObject({ type: 'other', kind: 'error' });
  expect(read('data: {"error":{"message":"Overloaded"}}\n\ndata: {"choices":[]}\n\n').cut).toBe(true);
});
