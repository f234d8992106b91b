import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import Anthropic from '@anthropic-ai/sdk';
import { expect, it, vi } from 'vitest';
import { startSimulator } from '@/lib/simulator/server';
import { Breakers } from './routing/breaker';
import { auth, closeAfterTest } from './test-messages';
import { KEY, listen, send, startGateway, until } from './testing';

/** What is too large to hold passes as it comes. */

const MB = 1024 * 1024;

it('an upload of 40 MB arrives whole, at the speed of the provider, and is not held', async () => {
  const hash = createHash('sha256');
  let length: string | undefined;
  const begun: (() => void)[] = [];
  const provider = await listen((request, response) => {
    length = request.headers['content-length'];
    // It does not read on until the test says so.
    begun.push(() => request.on('data', (chunk: Buffer) => hash.update(chunk)));
    request.on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"file_1"}'));
  });
  const gateway = await startGateway(provider.url);
  closeAfterTest(gateway.close);
  closeAfterTest(provider.close);
  let taken = 0;
  const expected = createHash('sha256');
  const piece = Buffer.alloc(MB, 'x');
  const answered = new Promise<string>((resolve, reject) => {
    const headers = { ...auth, 'content-type': 'multipart/form-data; boundary=x', 'content-length': String(40 * MB) };
    const request = httpRequest(`${gateway.url}/api/anthropic/v1/files`, { method: 'POST', headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => resolve(text));
    });
    request.on('error', reject);
    let sent = 0;
    const more = () => {
      if (sent++ === 40) return request.end();
      piece.writeUInt32LE(sent);
      const copy = Buffer.from(piece);
      expected.update(copy);
      request.write(copy, () => {
        taken += MB;
        more();
      });
    };
    more();
  });
  await until(() => begun.length === 1);
  await new Promise((done) => setTimeout(done, 500));
  // The rest is held by nobody but the client: what was taken fits in the buffers of the connections.
  expect(taken).toBeLessThan(25 * MB);
  begun[0]?.();
  const answer = await answered;
  expect([answer, length, hash.digest('hex')]).toEqual(['{"id":"file_1"}', String(40 * MB), expected.digest('hex')]);
  expect(gateway.records).toMatchObject([{ status: 'success', untouched: true, payload: { request: null } }]);
});

it('a client that leaves in the middle of its upload ends it at the provider too', async () => {
  let begun = false;
  let broken = false;
  const provider = await listen((request) => {
    begun = true;
    request.on('error', () => {});
    request.on('close', () => (broken = !request.complete));
    request.resume();
  });
  const gateway = await startGateway(provider.url);
  closeAfterTest(gateway.close);
  closeAfterTest(provider.close);
  const headers = { ...auth, 'content-length': String(40 * MB) };
  const request = httpRequest(`${gateway.url}/api/anthropic/v1/files`, { method: 'POST', headers });
  request.on('error', () => {});
  request.write(Buffer.alloc(MB));
  await until(() => begun);
  request.destroy();
  await until(() => broken && gateway.records.length === 1);
  expect(gateway.records[0]?.status).not.toBe('success');
});

it('a body over the limit of its endpoint is refused before the provider is asked', async () => {
  const gateway = await startGateway('http://127.0.0.1:9');
  closeAfterTest(gateway.close);
  const refused = await new Promise<number | undefined>((resolve, reject) => {
    const headers = { ...auth, 'content-length': String(600 * MB) };
    const request = httpRequest(`${gateway.url}/api/anthropic/v1/files`, { method: 'POST', headers }, (response) => {
      resolve(response.statusCode);
      request.destroy();
    });
    request.on('error', reject);
    request.write('x');
  });
  expect(refused).toBe(413);
});

it.each([
  ['nothing pays for it', {}, 402],
  ['a parameter is wrong', { 'x-data-respan-params': '{"hedge":7}' }, 400],
])('a client that writes its whole upload before it reads is told that %s', async (_, wrong, status) => {
  const gateway = await startGateway('http://127.0.0.1:9', { integrationCredentials: async () => [] });
  closeAfterTest(gateway.close);
  const { hostname, port } = new URL(gateway.url);
  const socket = connect(Number(port), hostname);
  const headers = Object.entries({ ...auth, ...wrong, host: 'respan', 'content-length': 40 * MB });
  socket.write(['POST /api/anthropic/v1/files HTTP/1.1', ...headers.map((one) => one.join(': ')), '', ''].join('\r\n'));
  const piece = Buffer.alloc(MB, 'x');
  for (let sent = 0; sent < 40; sent++) await new Promise((done) => socket.write(piece, done));
  const answer = await new Promise((resolve) => socket.once('data', resolve));
  socket.destroy();
  expect(String(answer)).toContain(`HTTP/1.1 ${status} `);
  expect(gateway.records).toMatchObject([{ statusCode: status }]);
});

it('a body that turns out too long is the fault of its sender, and of no key', async () => {
  const failed = vi.spyOn(Breakers.prototype, 'failed');
  const provider = await listen((request) => void request.on('error', () => {}).resume());
  const gateway = await startGateway(provider.url);
  closeAfterTest(gateway.close);
  closeAfterTest(provider.close);
  const piece = Buffer.alloc(MB, 'x');
  const refused = await new Promise<number | undefined>((resolve, reject) => {
    // Without a length that could be judged before.
    const request = httpRequest(`${gateway.url}/api/anthropic/v1/unheard-of`, { method: 'POST', headers: auth });
    request.on('response', (response) => resolve(response.resume().statusCode));
    request.on('error', reject);
    for (let sent = 0; sent < 36; sent++) request.write(piece);
    request.end();
  });
  expect(refused).toBe(413);
  expect(gateway.records).toMatchObject([{ errorCause: 'caller', attempts: [{ statusCode: null }] }]);
  expect(failed).not.toHaveBeenCalled();
  failed.mockRestore();
});

it('a batch of messages is created, listed and read, with the official SDK', async () => {
  const simulator = await startSimulator({ pace: 'instant' });
  const gateway = await startGateway(simulator.url);
  closeAfterTest(gateway.close);
  closeAfterTest(simulator.close);
  const client = new Anthropic({ baseURL: `${gateway.url}/api/anthropic`, apiKey: KEY, maxRetries: 0 });
  const params = { model: 'claude-sonnet-5-5', max_tokens: 100 };
  const item = (id: string): Anthropic.Messages.BatchCreateParams.Request => ({
    custom_id: id,
    params: { ...params, messages: [{ role: 'user', content: `[[reply:${id}]]` }] },
  });
  const created = await client.messages.batches.create({ requests: [item('one'), item('two')] });
  expect((await client.messages.batches.list()).data.map(({ id }) => id)).toContain(created.id);
  await expect.poll(async () => (await client.messages.batches.retrieve(created.id)).processing_status).toBe('ended');
  const path = `/api/anthropic/v1/messages/batches/${created.id}/results`;
  const results = await send(gateway.url + path, { method: 'GET', headers: auth });
  expect(results.headers['content-type']).toContain('jsonl');
  const lines = results.body.toString().trim().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { custom_id: 'one', result: { type: 'succeeded', message: { content: [{ text: 'one' }] } } },
    { custom_id: 'two', result: { type: 'succeeded' } },
  ]);
});
