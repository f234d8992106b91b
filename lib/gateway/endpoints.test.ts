import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import Anthropic from '@anthropic-ai/sdk';
import { describe, expect, it } from 'vitest';
import { startSimulator } from '@/lib/simulator/server';
import { withOwnResultsUrls } from './deliver/results-urls';
import { auth, closeAfterTest, setUp } from './test-messages';
import { credential, KEY, listen, type Received, send, startGateway } from './testing';

/** Anthropic's other endpoints: what is ours is taken out or put in, and not a byte beside it. */

const json =
  (text: (request: Received) => string | Buffer, headers: Record<string, string> = {}) =>
  (request: Received, response: ServerResponse) =>
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(text(request));
const BATCHES = '/api/anthropic/v1/messages/batches';
const own = (id: string) => `http://respan.test${BATCHES}/${id}/results`;

describe('results_url', () => {
  const layout = (url: string) =>
    `{ "id":"b\\u00e9",\n"results_url" :  "${url}" , "x":{"results_url":"${url}"},"n":1.0 }  `;

  it('is this installation’s in one batch and in a list, and every other byte stays', async () => {
    let base = '';
    const { provider, gateway } = await setUp(
      json(({ url }) => {
        const one = layout(`${base}/v1/messages/batches/msgbatch_1/results`);
        return url.includes('?') ? `{"results_url":null,"data":[${one},{"results_url":null}, ${one}],"last":"é"}` : one;
      }),
    );
    base = provider.url;
    // Deeper ones are not known to be addresses.
    const expected = layout('#')
      .replace('#', own('msgbatch_1'))
      .replace('#', `${base}/v1/messages/batches/msgbatch_1/results`);
    for (const [method, path] of [
      ['GET', '/msgbatch_1'],
      ['POST', ''],
      ['POST', '/msgbatch_1/cancel'],
    ]) {
      const answer = await send(`${gateway.url}${BATCHES}${path}`, { method, headers: auth });
      expect(answer.body.toString()).toBe(expected);
    }
    const list = await send(`${gateway.url}${BATCHES}?limit=2`, { method: 'GET', headers: auth });
    expect(list.body.toString()).toBe(
      `{"results_url":null,"data":[${expected},{"results_url":null}, ${expected}],"last":"é"}`,
    );
    for (const record of gateway.records)
      expect(record).toMatchObject({
        status: 'success',
        alterations: ["answered results_url with this server's address"],
      });
  });

  it('is found in a compressed answer, which is then sent plain', async () => {
    let base = '';
    const { provider, gateway } = await setUp(
      json(() => gzipSync(`{"results_url":"${base}/v1/messages/batches/b/results"}`), { 'content-encoding': 'gzip' }),
    );
    base = provider.url;
    const answer = await send(`${gateway.url}${BATCHES}/b`, { method: 'GET', headers: auth });
    expect(answer.body.toString()).toBe(`{"results_url":"${own('b')}"}`);
    expect(answer.headers['content-encoding']).toBeUndefined();
  });

  it.each([
    ['another host', '{"results_url":"https://elsewhere.test/v1/messages/batches/b/results"}'],
    ['a host that only begins like the provider’s', '{"results_url":"http://provider.test.evil/v1/x"}'],
    ['no address', '{"results_url":null}'],
    ['no object', '[{"results_url":"http://provider.test/v1/x"}]'],
    ['broken JSON', '{"results_url":"http://provider.test/v1/x"'],
  ])('stays as it is where it is %s', (_, text) => {
    expect(withOwnResultsUrls(Buffer.from(text), 'http://provider.test', 'http://respan.test')).toBeNull();
  });

  it('leads the official SDK to the results of its batch', async () => {
    const simulator = await startSimulator({ pace: 'instant' });
    const gateway = await startGateway(simulator.url, {}, undefined, {}, (url) => url);
    closeAfterTest(gateway.close);
    closeAfterTest(simulator.close);
    const client = new Anthropic({ baseURL: `${gateway.url}/api/anthropic`, apiKey: KEY, maxRetries: 0 });
    const params = { model: 'claude-sonnet-5-5', max_tokens: 100 };
    const { id } = await client.messages.batches.create({
      requests: [{ custom_id: 'one', params: { ...params, messages: [{ role: 'user', content: '[[reply:one]]' }] } }],
    });
    await expect.poll(async () => (await client.messages.batches.retrieve(id)).processing_status).toBe('ended');
    const urls = [await client.messages.batches.retrieve(id), ...(await client.messages.batches.list()).data];
    for (const { results_url } of urls) expect(results_url).toBe(`${gateway.url}${BATCHES}/${id}/results`);
    const lines: Anthropic.Messages.MessageBatchIndividualResponse[] = [];
    for await (const line of await client.messages.batches.results(id)) lines.push(line);
    expect(lines).toMatchObject([{ custom_id: 'one', result: { message: { content: [{ text: 'one' }] } } }]);
  });
});

describe('parameters in a body of JSON', () => {
  const body =
    '{ "respan_params":{"customer_identifier":"ada"}, "requests":[ {"x":1.0} ],"metadata" : {"keywordsai_params":{"thread_identifier":"t"}, "k":"é"} , "models":["theirs"] }';

  it('are read and cut out, and members that only look like ours stay', async () => {
    const { provider, gateway } = await setUp(json(() => '{}'));
    await send(gateway.url + BATCHES, { headers: auth, body });
    expect(provider.received[0]?.body.toString()).toBe(
      '{ "requests":[ {"x":1.0} ],"metadata" : {"k":"é"} , "models":["theirs"] }',
    );
    expect(gateway.records[0]).toMatchObject({
      customerIdentifier: 'ada',
      threadIdentifier: 't',
      untouched: false,
      alterations: ['took out metadata.keywordsai_params, respan_params'],
      payload: { request: null },
    });
  });

  it('are found in a compressed body, and one without them passes compressed as it was', async () => {
    const { provider, gateway } = await setUp(json(() => '{}'));
    const headers = { ...auth, 'content-encoding': 'gzip' };
    const plain = gzipSync('{"requests":[]}');
    for (const one of [gzipSync(body), plain]) await send(gateway.url + BATCHES, { headers, body: one });
    expect(provider.received.map(({ headers }) => headers['content-encoding'])).toEqual([undefined, 'gzip']);
    expect(provider.received[1]?.body.equals(plain)).toBe(true);
    expect(gateway.records.map(({ untouched }) => untouched)).toEqual([false, true]);
  });

  it.each(['[]', 'not JSON', '{"a":1', '{"metadata":["respan_params"]}'])(
    '%s is the provider’s to judge',
    async (text) => {
      const { provider, gateway } = await setUp(json(() => '{}'));
      await send(gateway.url + BATCHES, { headers: auth, body: text });
      expect(provider.received[0]?.body.toString()).toBe(text);
    },
  );

  it('must be an object', async () => {
    const { provider, gateway } = await setUp(json(() => '{}'));
    const answer = await send(gateway.url + BATCHES, { headers: auth, body: '{"respan_params":[1]}' });
    expect([answer.status, provider.received.length]).toEqual([400, 0]);
    expect(answer.body.toString()).toContain('respan_params must be an object.');
  });

  it('are not looked for in what is too long to hold, or no JSON', async () => {
    const received: number[] = [];
    const provider = await listen((request, response) => {
      let size = 0;
      request.on('data', (chunk: Buffer) => (size += chunk.length));
      request.on('end', () => {
        received.push(size);
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    });
    const gateway = await startGateway(provider.url);
    closeAfterTest(gateway.close);
    closeAfterTest(provider.close);
    const long = `{"respan_params":{"customer_identifier":"ada"},"x":"${'x'.repeat(4 * 1024 * 1024)}"}`;
    await send(gateway.url + BATCHES, { headers: auth, body: long });
    await send(gateway.url + BATCHES, { headers: { ...auth, 'content-type': 'text/plain' }, body });
    expect(received).toEqual([long.length, Buffer.byteLength(body)]);
    expect(gateway.records.map(({ customerIdentifier }) => customerIdentifier)).toEqual([null, null]);
  });
});

it('keep to one key of several, so that what was made with it is found again', async () => {
  const keys = ['a', 'b', 'c', 'd'].map((id) => credential({ id, secret: `sk-ant-${id}` }));
  const over = { integrationCredentials: async () => keys };
  const { provider, gateway } = await setUp(
    json(() => '{}'),
    over,
  );
  for (const [method, path] of [
    ['POST', ''],
    ['GET', '/msgbatch_1'],
    ['POST', '/msgbatch_1/cancel'],
    ['GET', ''],
    ['GET', '/msgbatch_1'],
    ['GET', '/msgbatch_1/results'],
  ] as const)
    await send(gateway.url + BATCHES + path, { method, headers: auth });
  expect(new Set(provider.received.map(({ headers }) => headers['x-api-key'])).size).toBe(1);
});
