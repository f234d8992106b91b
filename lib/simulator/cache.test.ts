import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Simulator } from './server';
import { KEY, messageBody, post, simulatorWithClient } from './test-client';

let simulator: Simulator;

beforeAll(async () => {
  ({ simulator } = await simulatorWithClient());
});
afterAll(async () => {
  vi.useRealTimers();
  await simulator.close();
});

const cached = (ttl?: '5m' | '1h') => ({ cache_control: { type: 'ephemeral', ...(ttl ? { ttl } : {}) } });
const text = (value: string, more: object = {}) => ({ type: 'text', text: value, ...more });

let topic = 0;
/** A text of its own each time, so that tests do not meet in the cache. 3,100 bytes are 1,000 tokens. */
function newText(tokens: number): string {
  topic += 1;
  return `${topic} `.padEnd(Math.floor(tokens * 3.1), 'lorem ipsum ');
}

async function usage(changes: Record<string, unknown>, key = KEY) {
  const response = await post(simulator, '/v1/messages', messageBody({ model: 'claude-opus-5-5', ...changes }), {
    'x-api-key': key,
  });
  const body = await response.json();
  if (response.status !== 200) throw new Error(JSON.stringify(body));
  const { input_tokens, cache_read_input_tokens, cache_creation } = body.usage;
  return {
    input: input_tokens,
    read: cache_read_input_tokens,
    write5m: cache_creation.ephemeral_5m_input_tokens,
    write1h: cache_creation.ephemeral_1h_input_tokens,
  };
}

/** The message "Hello" and the overhead of its message. */
const HELLO_TOKENS = 6;

describe('prompt cache', () => {
  it('writes at the first request and reads at the second', async () => {
    const system = [text(newText(2_000), cached())];
    expect(await usage({ system })).toEqual({ input: HELLO_TOKENS, read: 0, write5m: 2_000, write1h: 0 });
    expect(await usage({ system })).toEqual({ input: HELLO_TOKENS, read: 2_000, write5m: 0, write1h: 0 });
  });

  it('writes nothing below the minimum of the model', async () => {
    const system = [text(newText(600), cached())];
    expect((await usage({ system })).write5m).toBe(600);
    expect(await usage({ system, model: 'claude-opus-4-8' })).toEqual({ input: 606, read: 0, write5m: 0, write1h: 0 });
  });

  it('splits lifetimes: read up to the hit, one hour up to the last 1h block, five minutes up to the last block', async () => {
    const [a, b, c] = [newText(1_000), newText(1_000), newText(1_000)];
    await usage({ system: [text(a, cached('1h'))] });
    const blocks = [text(a, cached('1h')), text(b, cached('1h')), text(c, cached('5m'))];
    expect(await usage({ system: blocks })).toEqual({
      input: HELLO_TOKENS,
      read: 1_000,
      write1h: 1_000,
      write5m: 1_000,
    });
    expect(await usage({ system: blocks })).toEqual({ input: HELLO_TOKENS, read: 3_000, write1h: 0, write5m: 0 });
  });

  it('grows with a conversation through the automatic breakpoint', async () => {
    const messages = [{ role: 'user', content: newText(1_000) }];
    expect((await usage({ ...cached(), messages })).write5m).toBe(1_004);
    const longer = [...messages, { role: 'assistant', content: 'Yes' }, { role: 'user', content: newText(100) }];
    expect(await usage({ ...cached(), messages: longer })).toMatchObject({ input: 0, read: 1_004 });
  });

  it('looks back over 20 positions and no further', async () => {
    const start = newText(1_000);
    const conversation = (blocks: number) => [
      { role: 'user', content: [text(start, cached()), ...Array.from({ length: blocks - 1 }, (_, n) => text(`${n}`))] },
    ];
    await usage({ messages: conversation(1) });
    const withMark = (blocks: number) => {
      const [message] = conversation(blocks);
      const content = (message?.content ?? []).map((block, index) => {
        const { text: value } = block;
        return index === blocks - 1 ? text(value, cached()) : text(value);
      });
      return [{ role: 'user', content }];
    };
    expect((await usage({ messages: withMark(21) })).read).toBe(0);
    expect((await usage({ messages: withMark(20) })).read).toBe(1_004);
  });

  it('is kept apart by key and by model', async () => {
    const system = [text(newText(1_000), cached())];
    await usage({ system });
    expect((await usage({ system }, 'sk-ant-other')).read).toBe(0);
    expect((await usage({ system, model: 'claude-opus-5' })).read).toBe(0);
    expect((await usage({ system })).read).toBe(1_000);
  });

  it('loses what the documentation says, and keeps the rest', async () => {
    const tools = [{ name: 'a', input_schema: { type: 'object' }, description: newText(1_000), ...cached() }];
    const system = [text(newText(1_000), cached())];
    const messages = [{ role: 'user', content: [text(newText(1_000), cached())] }];
    await usage({ tools, system, messages });
    const all = (await usage({ tools, system, messages })).read;
    const kept = async (changes: Record<string, unknown>) =>
      Math.round((await usage({ tools, system, messages, ...changes })).read / 1_000);
    expect(Math.round(all / 1_000)).toBe(3);
    expect(await kept({ tool_choice: { type: 'none' } })).toBe(2);
    expect(await kept({ output_config: { effort: 'low' } })).toBe(2);
    expect(await kept({ output_config: { effort: 'medium' } })).toBe(3);
    expect(await kept({ speed: 'fast' })).toBe(1);
    expect(await kept({ tools: [...tools, { type: 'web_search_20260209', name: 'web_search' }] })).toBe(1);
    expect(await kept({ tools: [{ ...tools[0], strict: true }] })).toBe(0);
  });

  it('forgets after its lifetime, and a hit renews it', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const short = [text(newText(1_000), cached())];
    const long = [text(newText(1_000), cached('1h'))];
    await usage({ system: short });
    await usage({ system: long });
    const minutes = (amount: number) => vi.setSystemTime(Date.now() + amount * 60_000);
    minutes(4);
    expect((await usage({ system: short })).read).toBe(1_000);
    minutes(4);
    expect((await usage({ system: short })).read).toBe(1_000);
    minutes(6);
    expect((await usage({ system: short })).read).toBe(0);
    expect((await usage({ system: long })).read).toBe(1_000);
    minutes(61);
    expect((await usage({ system: long })).read).toBe(0);
    vi.useRealTimers();
  });

  it('lets parallel requests miss, for an entry is there once the first answer begins', async () => {
    const system = [text(`${newText(1_000)}`, cached())];
    const messages = [{ role: 'user', content: 'Hello [[fault:slow ms=300]]' }];
    const [first, second] = await Promise.all([usage({ system, messages }), usage({ system, messages })]);
    expect([first.read, second.read]).toEqual([0, 0]);
    expect((await usage({ system })).read).toBe(1_000);
  });

  it('writes what a web search found for five minutes when anything is cached', async () => {
    const system = [text(newText(1_000), cached('1h'))];
    const tools = [{ type: 'web_search_20260209', name: 'web_search' }];
    const messages = [{ role: 'user', content: 'Search the web' }];
    const result = await usage({ system, tools, messages });
    expect(result.write1h).toBeGreaterThan(1_000);
    expect(result.write5m).toBeGreaterThan(100);
    expect(result.read).toBe(result.write1h);
  });
});
