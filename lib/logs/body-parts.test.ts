import { expect, test } from 'vitest';
import { splitBody } from './body-parts';

const message = (n: number, length = 900) => ({
  role: n % 2 ? 'assistant' : 'user',
  content: `${n} ${'ö'.repeat(length)}`,
});
const bodyOf = (value: unknown) => Buffer.from(JSON.stringify(value));
const whole = (body: Buffer) => Buffer.concat((splitBody(body) ?? []).map(({ content }) => content));
const tools = [{ name: 'read', description: 'x'.repeat(3000) }];

test('the parts one after the other are the body', () => {
  const messages = Array.from({ length: 20 }, (_, n) => message(n, n * 50));
  for (const body of [
    bodyOf({ model: 'm', system: 'x'.repeat(5000), messages, tools, stream: true }),
    Buffer.from(JSON.stringify({ messages, model: 'm' }, null, 2)),
    bodyOf({ prompt: '"\\"['.repeat(5000) }),
  ]) {
    expect(whole(body).equals(body)).toBe(true);
  }
});

test('what is short, or no JSON object, is not split', () => {
  expect(splitBody(bodyOf({ messages: [message(1, 100)] }))).toBeNull();
  expect(splitBody(Buffer.from('x'.repeat(20_000)))).toBeNull();
  expect(splitBody(bodyOf([message(1, 20_000)]))).toBeNull();
});

test('the next turn of a conversation adds only what is new', () => {
  const turn = (n: number) =>
    bodyOf({ model: 'm', tools, messages: Array.from({ length: n }, (_, at) => message(at)), max_tokens: n });
  const known = new Set((splitBody(turn(30)) ?? []).map(({ digest }) => digest.toString('hex')));
  const added = (splitBody(turn(31)) ?? []).filter(({ digest }) => !known.has(digest.toString('hex')));
  const bytes = added.reduce((sum, { content }) => sum + content.length, 0);
  expect(bytes).toBeLessThan(2500);
  expect(turn(31).length).toBeGreaterThan(50_000);
});

test('an agent thread of 50 turns takes less than a fifth of its bytes, with the cache breakpoint moving on', () => {
  const stored = new Set<string>();
  let raw = 0;
  let kept = 0;
  for (let turn = 1; turn <= 50; turn++) {
    const messages = Array.from({ length: turn * 2 - 1 }, (_, n) => ({
      ...message(n, 400 + ((n * 37) % 900)),
      ...(n === turn * 2 - 2 ? { cache_control: { type: 'ephemeral' } } : {}),
    }));
    const body = bodyOf({ model: 'm', system: 'y'.repeat(4000), tools, messages, stream: true });
    raw += body.length;
    const parts = splitBody(body);
    if (!parts) kept += body.length;
    for (const { digest, content } of parts ?? []) {
      if (!stored.has(digest.toString('hex'))) kept += content.length;
      stored.add(digest.toString('hex'));
      kept += digest.length;
    }
  }
  expect(kept / raw).toBeLessThan(0.2);
});
