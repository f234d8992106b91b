import { expect, it } from 'vitest';
import { priceUsage } from '@/lib/pricing/price';
import { auth, frame, MESSAGE, setUp } from './test-messages';
import { send } from './testing';

/** Calls that the provider itself hands from one model to the next: each pass is billed by why it was declined. */

const pass = (type: string, model: string, input_tokens: number, output_tokens: number) => ({
  ...{ type, model, input_tokens, output_tokens },
  ...{ cache_read_input_tokens: 0, cache_creation_input_tokens: 0, cache_creation: null },
});
const handedOn = (from: string, to: string, category: string | null) => ({
  ...{ type: 'fallback', from: { model: from }, to: { model: to } },
  trigger: { type: 'refusal', category },
});
const DECLINED = pass('message', 'claude-fable-5', 535, 0);
const SERVED = pass('fallback_message', 'claude-opus-4-8', 412, 264);
const TEXT = { type: 'text', text: 'Here it is.' };
const REFUSED = { stop_reason: 'refusal', stop_details: { type: 'refusal', category: 'cyber' } };

interface Case {
  readonly content: readonly object[];
  readonly iterations: readonly object[];
  readonly stop?: object;
}

/** The same call, whole and as a stream. @returns what each cost, in nano-dollars */
async function costs({ content, iterations, stop = { stop_reason: 'end_turn' } }: Case) {
  const message = { ...MESSAGE, model: 'claude-fable-5' };
  const usage = { input_tokens: 412, output_tokens: 264, iterations };
  const blocks = content.flatMap((content_block, index) => [
    frame('content_block_start', { index, content_block }),
    frame('content_block_stop', { index }),
  ]);
  const start = frame('message_start', { message: { ...message, content: [] } });
  const end = frame('message_delta', { delta: stop, usage }) + frame('message_stop', {});
  const { gateway, url } = await setUp(
    ({ body }, response) => {
      const streamed = body.includes('"stream":true');
      response.writeHead(200, { 'content-type': streamed ? 'text/event-stream' : 'application/json' });
      response.end(streamed ? start + blocks.join('') + end : JSON.stringify({ ...message, content, usage, ...stop }));
    },
    { price: priceUsage },
  );
  for (const stream of [false, true])
    await send(url, {
      headers: auth,
      body: `{"model":"claude-fable-5","max_tokens":1,"stream":${stream},"messages":[]}`,
    });
  return gateway.records.map(({ cost }) => cost?.costNanoUsd);
}
const twice = (nanoUsd: bigint) => [nanoUsd, nanoUsd];

it.each([
  ['a free category', 'cyber', 8_660_000n],
  ['no category', null, 8_660_000n],
  ['a billed category', 'bio', 14_010_000n],
])('declined for %s, then answered', async (_, category, nanoUsd) => {
  const content = [handedOn('claude-fable-5', 'claude-opus-4-8', category), TEXT];
  expect(await costs({ content, iterations: [DECLINED, SERVED] })).toEqual(twice(nanoUsd));
});

it('each hop by its own category, and a pass with tools before it in any case', async () => {
  const content = [
    { type: 'server_tool_use', id: 's', name: 'web_search', input: {} },
    handedOn('fable', 'claude-opus-5', 'cyber'),
    handedOn('claude-opus-5', 'claude-opus-4-8', 'frontier_llm'),
    TEXT,
  ];
  const iterations = [
    pass('message', 'claude-fable-5', 1000, 10),
    DECLINED,
    pass('message', 'claude-opus-5', 200, 0),
    SERVED,
  ];
  // 1000 x $10 + 10 x $50, nothing for the free one, 200 x $5, and 412 x $5 + 264 x $25.
  expect(await costs({ content, iterations })).toEqual(twice(10_000_000n + 500_000n + 1_000_000n + 8_660_000n));
});

it('declined by every model: each by its own category', async () => {
  const content = [handedOn('claude-fable-5', 'claude-opus-4-8', 'bio')];
  const iterations = [DECLINED, pass('fallback_message', 'claude-opus-4-8', 412, 0)];
  expect(await costs({ content, iterations, stop: REFUSED })).toEqual(twice(5_350_000n));
});
