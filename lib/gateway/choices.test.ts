import { describe, expect, it } from 'vitest';
import { type Answer, headers, MODEL, priceOf, request, setUpTurns, streamed, whole } from './test-choices';
import { send } from './testing';

/** Several choices from a provider that gives one: `n` on chat completions, through the whole gateway. */

describe('several choices', () => {
  it('are as many calls, merged into one completion, with one log that bills them all', async () => {
    const { client, provider, gateway } = await setUpTurns([whole('one'), whole('three'), whole('seventeen')]);
    const answer = await client.chat.completions.create(request());
    expect(answer.choices.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(answer.choices.map(({ message }) => message.content).sort()).toEqual(['one', 'seventeen', 'three']);
    expect(answer.choices.every(({ finish_reason }) => finish_reason === 'stop')).toBe(true);
    // Each call is billed its own prompt of 20 tokens.
    expect(answer.usage).toMatchObject({ prompt_tokens: 60, completion_tokens: 17, total_tokens: 77 });
    expect(answer.usage?.prompt_tokens_details).toMatchObject({ cached_tokens: 9 });

    expect(provider.received).toHaveLength(3);
    expect(new Set(provider.received.map(({ body }) => body.toString())).size).toBe(1);
    expect(JSON.parse(provider.received[0]?.body.toString() ?? '')).not.toHaveProperty('n');
    expect(gateway.records).toHaveLength(1);
    const record = gateway.records[0];
    expect(record).toMatchObject({ status: 'success', model: MODEL, stopReason: 'end_turn' });
    expect(record?.usage).toMatchObject({ inputTokens: 30, cacheReadTokens: 9, outputTokens: 17, estimated: false });
    expect(record?.cost?.costNanoUsd).toBe(priceOf(3, 5, 9));
    expect(record?.attempts.map(({ reason }) => reason)).toEqual([
      'first choice, choice 1 of 3',
      'first choice, choice 2 of 3',
      'first choice, choice 3 of 3',
    ]);
    expect(JSON.parse(String(record?.payload?.response)).choices).toEqual(answer.choices);
  });

  it('stream interleaved by index, with one usage chunk and one [DONE]', async () => {
    const { client, url, gateway } = await setUpTurns([
      streamed('a', 'b', 'c'),
      streamed('d', 'e'),
      streamed('f'),
      ...Array<Answer>(3).fill(streamed('x', 'y')),
    ]);
    const stream = await client.chat.completions.create({
      ...request(),
      stream: true,
      stream_options: { include_usage: true },
    });
    const texts = ['', '', ''];
    const finished: (string | null)[] = [];
    const usages: unknown[] = [];
    for await (const chunk of stream) {
      for (const { index, delta, finish_reason } of chunk.choices) {
        texts[index] += delta.content ?? '';
        if (finish_reason) finished.push(`${index} ${finish_reason}`);
      }
      if (chunk.usage) usages.push(chunk.usage);
    }
    expect(texts.sort()).toEqual(['abc', 'de', 'f']);
    expect(finished.sort()).toEqual(['0 stop', '1 stop', '2 stop']);
    expect(usages).toMatchObject([{ prompt_tokens: 60, completion_tokens: 21 }]);
    const record = gateway.records[0];
    expect(record).toMatchObject({ status: 'success', stream: true, usage: { inputTokens: 30, outputTokens: 21 } });
    expect(record?.cost?.costNanoUsd).toBe(priceOf(7, 7, 7));
    expect(record?.ttftMs).not.toBeNull();

    const raw = (await send(url, { headers, body: JSON.stringify(request({ stream: true })) })).body.toString();
    expect(raw.match(/\[DONE\]/g)).toHaveLength(1);
    expect(raw.endsWith('data: [DONE]\n\n')).toBe(true);
    expect(String(gateway.records[1]?.payload?.response)).toBe(raw);
  });

  it('send nothing before all have begun, and lose nothing that came early', async () => {
    const late: Answer = (received, response) => void setTimeout(() => streamed('late')(received, response), 150);
    const { client } = await setUpTurns([streamed('early', ' bird'), late]);
    const started = performance.now();
    const stream = await client.chat.completions.create({ ...request({ n: 2 }), stream: true });
    expect(performance.now() - started).toBeGreaterThan(140);
    const texts = ['', ''];
    for await (const { choices } of stream) for (const { index, delta } of choices) texts[index] += delta.content ?? '';
    expect(texts.sort()).toEqual(['early bird', 'late']);
  });

  it('carry the breakdown of all of them', async () => {
    const { url, gateway } = await setUpTurns([whole('ab'), whole('cd'), streamed('x'), streamed('y')]);
    const body = { ...request({ n: 2 }), request_breakdown: true };
    const answer = JSON.parse((await send(url, { headers, body: JSON.stringify(body) })).body.toString());
    const cost = Number(gateway.records[0]?.cost?.costNanoUsd) / 1e9;
    expect(answer.request_breakdown).toMatchObject({ prompt_tokens: 40, completion_tokens: 4, cost });
    const raw = (await send(url, { headers, body: JSON.stringify({ ...body, stream: true }) })).body.toString();
    const [breakdown, done] = raw.trim().split('\n\n').slice(-2);
    expect(done).toBe('data: [DONE]');
    expect(JSON.parse(breakdown?.slice(6) ?? '')).toMatchObject({
      id: 'request_breakdown',
      choices: [{ request_breakdown: { prompt_tokens: 40, completion_tokens: 14 } }],
    });
  });
});

describe('n', () => {
  it.each([0, 9, 1.5, -1])('of %d is refused before any call', async (n) => {
    const { url, provider } = await setUpTurns([whole('x')]);
    const answer = await send(url, { headers, body: JSON.stringify(request({ n })) });
    expect([answer.status, provider.received.length]).toEqual([400, 0]);
    expect(JSON.parse(answer.body.toString()).error).toMatchObject({
      param: 'n',
      message: 'n: must be a whole number from 1 to 8 for a Claude model.',
    });
  });

  it('is neither cached nor hedged, and says so', async () => {
    const kept: unknown[] = [];
    const responseCache = { find: async () => Promise.reject(new Error('asked')), keep: async () => void kept.push(1) };
    const { url, gateway } = await setUpTurns([whole('a'), whole('b')], { responseCache });
    const body = request({ n: 2, cache_enabled: true, hedge: true });
    const answer = await send(url, { headers, body: JSON.stringify(body) });
    expect(answer.status).toBe(200);
    expect([kept, gateway.reports]).toEqual([[], []]);
    expect(String(answer.headers['x-respan-warnings'])).toMatch(/cache_enabled was left out.*hedge was left out/);
  });

  it('of 1 or null is the ordinary call', async () => {
    const { client, gateway } = await setUpTurns([whole('a'), whole('b')]);
    for (const n of [1, null]) {
      const answer = await client.chat.completions.create(request({ n }));
      expect(answer.choices).toHaveLength(1);
    }
    expect(gateway.records.map(({ attempts }) => attempts.map(({ reason }) => reason))).toEqual([
      ['first choice'],
      ['first choice'],
    ]);
  });
});
