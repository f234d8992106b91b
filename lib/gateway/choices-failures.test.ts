import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { type Answer, begins, fails, headers, priceOf, request, setUpTurns, whole } from './test-choices';
import { frame } from './test-messages';
import { type Received, send, until } from './testing';

/** Several choices, one of which fails: the call fails as a whole, and what was used is billed. */

describe('a choice that fails', () => {
  it('fails the whole call before the first byte, cancels the others, and bills what they used', async () => {
    const late: Answer = (received, response) => void setTimeout(() => fails(429)(received, response), 100);
    const running: Answer = (_, response) => begins(response, 'x');
    const { url, gateway, closed } = await setUpTurns([running, late, running]);
    const answer = await send(url, { headers, body: JSON.stringify(request({ stream: true })) });
    expect(answer.status).toBe(429);
    expect(JSON.parse(answer.body.toString()).error.message).toContain('Slow down');
    await until(() => closed[0] === true && closed[2] === true);
    const record = gateway.records[0];
    expect(gateway.records).toHaveLength(1);
    expect(record).toMatchObject({ status: 'error', statusCode: 429, usage: { inputTokens: 20, estimated: true } });
    expect(record?.cost?.costNanoUsd).toBe(priceOf(1, 1));
    expect(record?.attempts.map(({ outcome }) => outcome).sort()).toEqual([
      'cancelled, another choice failed',
      'cancelled, another choice failed',
      'the provider answered 429',
    ]);
  });

  it('bills a choice that is cancelled before its answer the prompt that another one reported', async () => {
    const late: Answer = (received, response) => void setTimeout(() => fails(429)(received, response), 100);
    const running: Answer = (_, response) => begins(response, 'x');
    const { url, gateway, closed } = await setUpTurns([running, late, () => {}]);
    await send(url, { headers, body: JSON.stringify(request({ stream: true })) });
    await until(() => closed[2] === true);
    const [record] = gateway.records;
    expect(record).toMatchObject({ statusCode: 429, usage: { inputTokens: 20, outputTokens: 1, estimated: true } });
    expect(record?.cost?.costNanoUsd).toBe(priceOf(1, 0));
    expect(record?.cost?.modifiers).toEqual(['includes a cancelled attempt, estimated']);
    expect(record?.warnings).toEqual([]);
  });

  it('warns of choices that were cancelled before anything told what their prompt is', async () => {
    const late: Answer = (received, response) => void setTimeout(() => fails(429)(received, response), 100);
    const { url, gateway } = await setUpTurns([() => {}, late, () => {}]);
    await send(url, { headers, body: JSON.stringify(request({ stream: true })) });
    expect(gateway.records[0]).toMatchObject({ statusCode: 429, usage: null, cost: null });
    expect(gateway.records[0]?.warnings).toEqual([
      'Choices were cancelled before the provider said what their prompt takes: if it bills them, that is not in the cost.',
    ]);
  });

  it('sends the whole call to the fallback', async () => {
    const { client, provider, gateway } = await setUpTurns([
      whole('wasted'),
      fails(529),
      whole('first'),
      whole('second'),
    ]);
    const answer = await client.chat.completions.create(
      Object.assign(request({ n: 2 }), { fallback_models: ['claude-haiku-4-5'] }),
    );
    expect(answer.choices.map(({ message }) => message.content).sort()).toEqual(['first', 'second']);
    expect(provider.received).toHaveLength(4);
    expect(gateway.records[0]).toMatchObject({ status: 'success', statusCode: 200 });
    expect(gateway.records[0]?.attempts.slice(2).map(({ reason }) => reason)).toEqual([
      'fallback, because the provider answered 529, choice 1 of 2',
      'fallback, because the provider answered 529, choice 2 of 2',
    ]);
  });

  it.each<[string, Answer, string]>([
    ['is cut', (_, response) => void setTimeout(() => response.destroy(), 50), 'The connection to the provider broke.'],
    ['ends early', (_, response) => void setTimeout(() => response.end(), 50), 'answer ended before it was complete'],
    [
      'says so itself',
      (_, response) =>
        void setTimeout(
          () => response.end(frame('error', { error: { type: 'overloaded_error', message: 'Overloaded' } })),
          50,
        ),
      'Overloaded',
    ],
  ])('in mid-stream ends the answer with an error when it %s', async (_, then, message) => {
    const running: Answer = (_, response) => begins(response, 'one');
    const broken: Answer = (received, response) => {
      begins(response, 'two');
      then(received, response);
    };
    const { url, gateway, closed } = await setUpTurns([running, broken]);
    const answer = await send(url, { headers, body: JSON.stringify(request({ n: 2, stream: true })) });
    const text = answer.body.toString();
    expect([text.includes('"one"'), text.includes('"two"'), text.includes('[DONE]')]).toEqual([true, true, false]);
    expect(JSON.parse(text.trim().split('\n\n').at(-1)?.slice(6) ?? '')).toHaveProperty('error');
    await until(() => closed[0] === true);
    expect(gateway.records).toHaveLength(1);
    expect(gateway.records[0]).toMatchObject({ status: 'error', usage: { inputTokens: 20, estimated: true } });
    expect(gateway.records[0]?.errorMessage).toContain(message);
    expect(gateway.records[0]?.attempts.some(({ outcome }) => outcome === 'cancelled, another choice failed')).toBe(
      true,
    );
  });

  it('breaking off as JSON fails the call, and the one that was whole is billed', async () => {
    const half: Answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('{"type":');
      setTimeout(() => response.destroy(), 60);
    };
    const { url, gateway } = await setUpTurns([whole('whole'), half]);
    const answer = await send(url, { headers, body: JSON.stringify(request({ n: 2 })) });
    expect(answer.status).toBe(502);
    expect(gateway.records[0]).toMatchObject({ status: 'error', usage: { inputTokens: 10, outputTokens: 5 } });
    expect(gateway.records[0]?.cost?.costNanoUsd).toBe(priceOf(5));
  });
});

describe('a client that leaves', () => {
  it.each([
    ['in mid-stream', (_: Received, response: ServerResponse) => begins(response, 'x'), { inputTokens: 30 }],
    ['before anything came', () => {}, null],
  ] as const)('%s ends all calls and is logged once', async (_, answer, usage) => {
    const { url, gateway, provider, closed } = await setUpTurns([answer, answer, answer]);
    const controller = new AbortController();
    const leaving = fetch(url, {
      method: 'POST',
      headers,
      body: JSON.stringify(request({ stream: true })),
      signal: controller.signal,
    }).then(
      (response) => response.text().catch(() => {}),
      () => {},
    );
    await until(() => provider.received.length === 3);
    setTimeout(() => controller.abort(), 200);
    await leaving;
    await until(() => gateway.records.length === 1 && closed.length === 3 && closed.every(Boolean));
    expect(gateway.records[0]).toMatchObject({ status: 'aborted', statusCode: 499 });
    if (usage) expect(gateway.records[0]?.usage).toMatchObject({ ...usage, estimated: true });
    expect(gateway.records[0]?.attempts.map(({ outcome }) => outcome)).toEqual(Array(3).fill('the client left'));
  });
});
