import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { auth, DELTAS, frame, START, setUp } from './test-messages';
import { send, until } from './testing';

describe('a stream that breaks', () => {
  it('ends with an error event when the provider cuts it, and is billed by estimate', async () => {
    const { gateway, url } = await setUp((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(START + DELTAS.join(''));
      setTimeout(() => response.destroy(), 20);
    });
    const answer = await send(url, { headers: auth, body: '{"model":"m","max_tokens":1,"stream":true,"messages":[]}' });
    expect(answer.body.toString()).toBe(
      `${START}${DELTAS.join('')}event: error\ndata: {"type":"error","error":{"type":"api_error","message":"The connection to the provider broke."}}\n\n`,
    );
    expect(gateway.records[0]).toMatchObject({
      status: 'error',
      errorCause: 'provider',
      usage: { inputTokens: 10, outputTokens: 3, estimated: true },
    });
  });

  it('ends with an error event when the provider ends it early', async () => {
    const { gateway, url } = await setUp((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(`${START}event: content_block_del`);
    });
    const answer = await send(url, { headers: auth, body: '{"model":"m","max_tokens":1,"stream":true,"messages":[]}' });
    expect(answer.body.toString()).toContain('\n\nevent: error\n');
    expect(gateway.records[0]).toMatchObject({ status: 'error', errorType: 'stream_cut' });
  });

  it("passes the provider's own error event and logs it as the provider's", async () => {
    const whole = START + frame('error', { error: { type: 'overloaded_error', message: 'Overloaded' } });
    const { gateway, url } = await setUp((_, response) =>
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(whole),
    );
    const answer = await send(url, { headers: auth, body: '{"model":"m","max_tokens":1,"stream":true,"messages":[]}' });
    expect(answer.body.toString()).toBe(whole);
    expect(gateway.records[0]).toMatchObject({
      status: 'error',
      statusCode: 200,
      errorCause: 'provider',
      errorType: 'overloaded_error',
    });
  });

  it('is aborted upstream when the client leaves, and logged once with what is owed', async () => {
    let upstreamClosed = false;
    const { gateway, url } = await setUp((_, response) => {
      response.on('close', () => {
        upstreamClosed = true;
      });
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(START + DELTAS.join(''));
    });
    const controller = new AbortController();
    const response = await fetch(url, {
      method: 'POST',
      headers: auth,
      body: '{"model":"m","max_tokens":1,"stream":true,"messages":[]}',
      signal: controller.signal,
    });
    await response.body?.getReader().read();
    controller.abort();
    await until(() => gateway.records.length > 0 && upstreamClosed);
    expect(gateway.records).toHaveLength(1);
    expect(gateway.records[0]).toMatchObject({
      status: 'aborted',
      statusCode: 499,
      usage: { inputTokens: 10, estimated: true },
    });
  });

  it('is cut off when the provider stalls', async () => {
    const { gateway, url } = await setUp(
      (_, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(START);
      },
      {},
      { connectMs: 1000, firstByteMs: 1000, idleMs: 1000, totalMs: 9000 },
    );
    const answer = await send(url, { headers: auth, body: '{"model":"m","max_tokens":1,"stream":true,"messages":[]}' });
    expect(answer.body.toString()).toContain('The provider stopped sending in the middle of its answer.');
    expect(gateway.records[0]).toMatchObject({ status: 'error', errorType: 'provider_timeout' });
  });
});

describe('an answer that takes longer than it may', () => {
  const brief = { connectMs: 1000, firstByteMs: 1000, idleMs: 1000, totalMs: 150 };
  const late = 'The provider did not finish its answer in time.';
  const message = (stream: boolean) => `{"model":"m","max_tokens":1,"stream":${stream},"messages":[]}`;

  it('ends a stream that never pauses with an error event, and is billed for what came', async () => {
    let left = false;
    const { gateway, url } = await setUp(
      (_, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(START);
        const timer = setInterval(() => response.write(DELTAS[0]), 20);
        response.on('close', () => {
          left = true;
          clearInterval(timer);
        });
      },
      {},
      brief,
    );
    const answer = await send(url, { headers: auth, body: message(true) });
    expect(
      answer.body
        .toString()
        .endsWith(
          `event: error\ndata: ${JSON.stringify({ type: 'error', error: { type: 'api_error', message: late } })}\n\n`,
        ),
    ).toBe(true);
    expect(gateway.records[0]).toMatchObject({
      status: 'error',
      errorType: 'provider_timeout',
      usage: { inputTokens: 10, estimated: true },
    });
    await until(() => left);
  });

  it.each([
    ['before its first byte', () => {}],
    [
      'in the middle of its JSON',
      (response: ServerResponse) => void response.writeHead(200, { 'content-type': 'application/json' }).write('{'),
    ],
  ])('is a 504 %s', async (_, begin) => {
    const { gateway, url } = await setUp((_, response) => begin(response), {}, brief);
    const answer = await send(url, { headers: auth, body: message(false) });
    expect([answer.status, JSON.parse(answer.body.toString()).error]).toEqual([
      504,
      { type: 'timeout_error', message: late },
    ]);
    expect(gateway.records[0]).toMatchObject({
      status: 'error',
      errorCause: 'provider',
      attempts: [{ outcome: late }],
    });
  });

  it('leaves the rest to another model where nothing was sent yet', async () => {
    const { url } = await setUp(
      (request, response) => {
        if (request.body.includes('"m"')) return;
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"type":"message"}');
      },
      {},
      brief,
    );
    const body = '{"model":"m","max_tokens":1,"messages":[],"fallback_models":["claude-opus-5"]}';
    expect((await send(url, { headers: auth, body })).status).toBe(200);
  });
});
