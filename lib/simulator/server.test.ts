import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import type Anthropic from '@anthropic-ai/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from './server';
import { KEY, messageBody, post, simulatorWithClient } from './test-client';

let simulator: Simulator;
let client: Anthropic;

beforeAll(async () => {
  ({ simulator, client } = await simulatorWithClient());
});
afterAll(() => simulator.close());

const VERSION = { 'anthropic-version': '2023-06-01' };

async function errorOf(response: Response) {
  const body = await response.json();
  expect(body.request_id).toBe(response.headers.get('request-id'));
  return [response.status, body.error.type, body.error.message];
}

describe('keys', () => {
  const send = (headers: Record<string, string>) =>
    fetch(`${simulator.url}/v1/models`, { headers: { ...VERSION, ...headers } });

  it.each([
    [{}, 'x-api-key header is required'],
    [{ 'x-api-key': 'sk-respan' }, 'invalid x-api-key'],
    [{ 'x-api-key': 'sk-ant-invalid' }, 'invalid x-api-key'],
    [{ 'x-api-key': 'sk-ant-api03-revoked' }, 'invalid x-api-key'],
    [{ authorization: 'Bearer sk-ant-invalid' }, 'Invalid bearer token'],
  ])('%j are refused', async (headers, message) => {
    expect(await errorOf(await send(headers))).toEqual([401, 'authentication_error', message]);
  });

  it('are taken from either header', async () => {
    expect((await send({ 'x-api-key': KEY })).status).toBe(200);
    expect((await send({ authorization: `Bearer ${KEY}` })).status).toBe(200);
  });
});

describe('version and betas', () => {
  const send = (headers: Record<string, string>) =>
    fetch(`${simulator.url}/v1/models`, { headers: { 'x-api-key': KEY, ...headers } });

  it('needs a version it knows', async () => {
    expect(await errorOf(await send({}))).toEqual([
      400,
      'invalid_request_error',
      'anthropic-version: header is required',
    ]);
    expect((await send({ 'anthropic-version': '2020-01-01' })).status).toBe(400);
    expect((await send({ 'anthropic-version': '2026-10-21' })).status).toBe(200);
  });

  it('needs betas it knows', async () => {
    const known = { ...VERSION, 'anthropic-beta': 'claude-code-20250219, context-1m-2025-08-07' };
    expect((await send(known)).status).toBe(200);
    expect(await errorOf(await send({ ...VERSION, 'anthropic-beta': 'telepathy-2030-01-01' }))).toEqual([
      400,
      'invalid_request_error',
      'Unexpected value(s) `telepathy-2030-01-01` for the `anthropic-beta` header. Please consult our documentation ' +
        'at platform.claude.com/docs or try again without the header.',
    ]);
  });
});

describe('models', () => {
  it('are paged with the official client, the newest first, without the retired', async () => {
    const ids: string[] = [];
    for await (const model of client.models.list({ limit: 4 })) ids.push(model.id);
    expect(ids[0]).toBe('claude-fable-5-2');
    expect(ids).toContain('claude-sonnet-4-5-20250929');
    expect(ids).not.toContain('claude-opus-4-1-20250805');
    expect(new Set(ids).size).toBe(ids.length);
    const { data } = await client.models.list({ lifecycle: ['retired'] });
    expect(data.map((model) => model.id)).toContain('claude-opus-4-1-20250805');
  });

  it('page backwards too', async () => {
    const all = (await client.models.list({ limit: 1000 })).data;
    const page = await client.models.list({ before_id: all[5]?.id, limit: 2 });
    expect(page.data.map((model) => model.id)).toEqual(all.slice(3, 5).map((model) => model.id));
    expect(page.has_more).toBe(true);
  });

  it('are described by id or alias', async () => {
    const model = await client.models.retrieve('claude-sonnet-4-5');
    expect(model).toMatchObject({
      id: 'claude-sonnet-4-5-20250929',
      display_name: 'Claude Sonnet 4.5',
      lifecycle: 'deprecated',
      retires_at: '2026-11-30T00:00:00Z',
      max_input_tokens: 200_000,
      max_tokens: 64_000,
      capabilities: { thinking: { types: { enabled: { supported: true }, adaptive: { supported: false } } } },
    });
    await expect(client.models.retrieve('claude-9')).rejects.toMatchObject({
      status: 404,
      apiMessage: 'model: claude-9',
    });
  });

  it('refuse a bad limit and an unknown cursor', async () => {
    await expect(client.models.list({ limit: 0 })).rejects.toMatchObject({ status: 400 });
    await expect(client.models.list({ after_id: 'nobody' })).rejects.toMatchObject({ status: 400 });
  });
});

describe('bad clients', () => {
  it('get 400 for what is no JSON', async () => {
    const [status, type, message] = await errorOf(await post(simulator, '/v1/messages', '{"model":'));
    expect([status, type]).toEqual([400, 'invalid_request_error']);
    expect(message).toMatch(/^The request body is not valid JSON: /);
  });

  it('get 413 for more than 32 MB, sent or unpacked', async () => {
    const big = `{"model":"${'x'.repeat(33 * 2 ** 20)}"}`;
    expect(await errorOf(await post(simulator, '/v1/messages', big))).toEqual([
      413,
      'request_too_large',
      'Request exceeds the maximum size',
    ]);
    const packed = await post(simulator, '/v1/messages', gzipSync(big), { 'content-encoding': 'gzip' });
    expect(packed.status).toBe(413);
    expect((await packed.json()).error.details.error_code).toBe('request_body_too_large_after_decoding');
  });

  it('may compress, but properly', async () => {
    const send = (body: Uint8Array, encoding: string) =>
      post(simulator, '/v1/messages', body, { 'content-encoding': encoding });
    expect((await send(gzipSync(JSON.stringify(messageBody())), 'gzip')).status).toBe(200);
    const broken = await send(Buffer.from('no gzip'), 'gzip');
    expect((await broken.json()).error.details.error_code).toBe('request_body_encoding_invalid');
    const unknown = await send(Buffer.from('{}'), 'zstd');
    expect((await unknown.json()).error.details.error_code).toBe('request_body_encoding_unsupported');
  });

  it('get 404 and 405 for what is not there', async () => {
    const send = (path: string, method = 'GET') =>
      fetch(simulator.url + path, { method, headers: { 'x-api-key': KEY, ...VERSION } });
    expect((await send('/v1/nothing')).status).toBe(404);
    expect((await send('//')).status).toBe(404);
    expect((await send('/v1/models/%E0%A4%A')).status).toBe(404);
    expect((await send('/v1/messages')).status).toBe(405);
  });

  it('cannot bring it down', async () => {
    const shout = (bytes: string) =>
      new Promise<void>((resolve) => {
        const { hostname, port } = new URL(simulator.url);
        const socket = connect(Number(port), hostname, () => {
          socket.write(bytes);
          setTimeout(() => socket.destroy(), 30);
        });
        socket.on('close', () => resolve());
        socket.on('error', () => resolve());
      });
    await shout('this is no HTTP\r\n\r\n');
    await shout('POST /v1/messages HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n{"half');
    await shout('GET /v1/models?limit=%%% HTTP/1.1\r\nhost: x\r\n\r\n');
    expect((await post(simulator, '/v1/messages', messageBody())).status).toBe(200);
  });
});

describe('the server', () => {
  it('answers the probes of Claude Code without a key', async () => {
    expect((await fetch(simulator.url, { method: 'HEAD' })).status).toBe(200);
    expect((await fetch(`${simulator.url}/api/hello`, { method: 'HEAD' })).status).toBe(200);
    expect(await (await fetch(`${simulator.url}/api/hello`)).json()).toEqual({ message: 'hello' });
  });

  it('keeps the newest requests byte for byte', async () => {
    const small = await startSimulator({ pace: 'instant', recordLimit: 2 });
    const bodies = [1, 2, 3].map((n) => `{"model" :  "claude-opus-5", "max_tokens":${n}, "x":"ü"}`);
    for (const body of bodies) await post(small, '/v1/messages?beta=true', body, { 'x-extra': 'kept' });
    expect(small.requests.map((request) => request.body.toString())).toEqual(bodies.slice(1));
    expect(small.requests[0]).toMatchObject({
      method: 'POST',
      path: '/v1/messages?beta=true',
      headers: { 'x-extra': 'kept' },
    });
    await small.close();
  });

  it('closes at once, whatever is still running', async () => {
    const closing = await startSimulator({ pace: 'instant' });
    const running = post(
      closing,
      '/v1/messages',
      messageBody({ messages: [{ role: 'user', content: '[[fault:stall]]' }] }),
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    await closing.close();
    await expect(running.then((response) => response.text())).rejects.toThrow();
    await expect(fetch(closing.url)).rejects.toThrow();
  });

  it('takes its time for people', async () => {
    const natural = await startSimulator({ pace: { firstByteMs: 80, betweenDeltasMs: 10 } });
    const body = messageBody({ stream: true, messages: [{ role: 'user', content: '[[length:60]]' }] });
    const startedAt = performance.now();
    const response = await post(natural, '/v1/messages', body);
    const firstByteMs = performance.now() - startedAt;
    await response.text();
    expect(firstByteMs).toBeGreaterThan(75);
    expect(performance.now() - startedAt - firstByteMs).toBeGreaterThan(50);
    await natural.close();
  });
});
