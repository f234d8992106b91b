import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { auth, DELTAS, END, frame, MESSAGE, okJson, START, setUp } from './test-messages';
import { KEY, send } from './testing';

describe('the request', () => {
  it('reaches the provider byte for byte, whatever its layout', async () => {
    const { provider, gateway, url } = await setUp(okJson);
    const body =
      '{\n\t"model": "claude-sonnet-5-5",  "max_tokens":5,"messages":[{"role":"user","content":"\\u00e9 é 漢 \\n"}],"unknown_future_field": {"x":[1.0, 2e3]} }  ';
    const answer = await send(`${url}?beta=true`, {
      headers: { ...auth, 'anthropic-beta': 'a-2025,b-2026', 'x-app': 'cli' },
      body,
    });
    expect(answer.status).toBe(200);
    const [got] = provider.received;
    expect(got?.body.toString()).toBe(body);
    const digest = createHash('sha256').update(body).digest('hex');
    expect(gateway.records[0]?.attempts[0]?.digests).toEqual({ received: digest, sent: digest });
    expect(got?.url).toBe('/v1/messages?beta=true');
    expect(got?.headers).toMatchObject({
      'anthropic-beta': 'a-2025,b-2026',
      'x-app': 'cli',
      'anthropic-version': '2023-06-01',
      'x-api-key': 'sk-ant-integration-secret-1234',
    });
    expect(gateway.records[0]).toMatchObject({
      untouched: true,
      alterations: [],
      promptPreview: 'é é 漢',
      replyPreview: 'Hello there',
      credentialSource: 'integration',
      credentialHint: '1234',
    });
  });

  it('does not carry our key, whichever header it came in', async () => {
    const { provider, url } = await setUp(okJson);
    await send(url, {
      headers: {
        authorization: `Bearer ${KEY}`,
        'x-api-key': 'somebody-elses',
        'content-type': 'application/json',
        cookie: 'a=b',
      },
      body: '{"model":"m","max_tokens":1,"messages":[]}',
    });
    expect(JSON.stringify(provider.received[0]?.rawHeaders)).not.toContain(KEY);
    expect(provider.received[0]?.headers.authorization).toBeUndefined();
    expect(provider.received[0]?.headers.cookie).toBeUndefined();
  });

  it('loses exactly the Respan members, and the log says so', async () => {
    const { provider, gateway, url } = await setUp(okJson);
    const body =
      '{"model":"claude-x", "customer_credentials":{"anthropic":{"api_key":"sk-ant-customer-9999"}} ,"max_tokens":5,"metadata":{"user_id":"u" , "respan_params":{"customer_identifier":"ada","custom_identifier":7},"extra_headers":{"anthropic-beta":"x-1"}},"messages":[]}';
    await send(url, { headers: { ...auth, 'anthropic-beta': 'y-2' }, body });
    expect(provider.received[0]?.body.toString()).toBe(
      '{"model":"claude-x", "max_tokens":5,"metadata":{"user_id":"u"},"messages":[]}',
    );
    const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest('hex');
    const sent = provider.received[0]?.body ?? '';
    expect(gateway.records[0]?.attempts[0]?.digests).toEqual({ received: sha256(body), sent: sha256(sent) });
    expect(provider.received[0]?.headers['x-api-key']).toBe('sk-ant-customer-9999');
    expect(provider.received[0]?.headers['anthropic-beta']).toBe('y-2,x-1');
    expect(gateway.records[0]).toMatchObject({
      untouched: false,
      credentialSource: 'customer',
      credentialHint: '9999',
      customerIdentifier: 'ada',
      customIdentifier: '7',
    });
    expect(JSON.stringify(gateway.records[0])).not.toContain('sk-ant-customer-9999');
  });

  it('takes parameters from the header too, in base64 or plain', async () => {
    const { provider, gateway, url } = await setUp(okJson);
    const params = JSON.stringify({
      customer_identifier: 'h',
      credential_override: { 'claude-x': { api_key: 'sk-ant-over-7777' } },
    });
    for (const value of [params, Buffer.from(params).toString('base64')]) {
      await send(url, {
        headers: { ...auth, 'x-data-respan-params': value },
        body: '{"model":"claude-x","max_tokens":1,"messages":[]}',
      });
    }
    expect(provider.received.map((r) => [r.headers['x-api-key'], r.headers['x-data-respan-params']])).toEqual(
      Array(2).fill(['sk-ant-over-7777', undefined]),
    );
    expect(
      gateway.records.every((r) => r.untouched && r.customerIdentifier === 'h' && r.credentialSource === 'override'),
    ).toBe(true);
  });

  it('gets max_tokens where the caller gave none, and the log notes it', async () => {
    const { provider, gateway, url } = await setUp(okJson);
    await send(url, { headers: auth, body: '{"model":"m","messages":[]}' });
    expect(provider.received[0]?.body.toString()).toBe('{"max_tokens":4096,"model":"m","messages":[]}');
    expect(gateway.records[0]?.alterations).toEqual(['added max_tokens 4096']);
  });

  it('may be compressed', async () => {
    const { provider, gateway, url } = await setUp(okJson);
    const body = gzipSync('{"model":"claude-gz","max_tokens":1,"messages":[]}');
    await send(url, { headers: { ...auth, 'content-encoding': 'gzip' }, body });
    expect(provider.received[0]?.body.equals(body)).toBe(true);
    expect(provider.received[0]?.headers['content-encoding']).toBe('gzip');
    expect(gateway.records[0]?.requestedModel).toBe('claude-gz');
  });
});

describe('the answer', () => {
  it('comes back with its bytes and headers, and is metered', async () => {
    const { gateway, url } = await setUp(okJson);
    const answer = await send(url, { headers: auth, body: '{"model":"m","max_tokens":1,"messages":[]}' });
    expect(answer.body.toString()).toBe(JSON.stringify(MESSAGE));
    const timing = String(answer.headers['server-timing']);
    expect(timing).toMatch(/^auth;dur=[\d.]+, body;dur=[\d.]+, route;dur=[\d.]+, provider;dur=[\d.]+$/);
    expect(gateway.records[0]?.payload?.responseHeaders?.['x-respan-timing']).toMatch(/^auth;dur=/);
    expect(answer.headers).toMatchObject({
      'request-id': 'req_1',
      'anthropic-ratelimit-requests-remaining': '9',
      'x-respan-log-id': gateway.records[0]?.id,
    });
    expect(gateway.records[0]).toMatchObject({
      status: 'success',
      statusCode: 200,
      model: 'claude-sonnet-5-5',
      stopReason: 'end_turn',
      usage: {
        inputTokens: 10,
        outputTokens: 5,
        cacheReadTokens: 3,
        cacheWrite5mTokens: 2,
        cacheWrite1hTokens: 5,
        estimated: false,
      },
    });
    expect(gateway.intents).toHaveLength(1);
  });

  it('is metered through compression, its bytes untouched', async () => {
    const zipped = gzipSync(JSON.stringify(MESSAGE));
    const { gateway, url } = await setUp((_, response) =>
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(zipped),
    );
    const answer = await send(url, {
      headers: { ...auth, 'accept-encoding': 'gzip' },
      body: '{"model":"m","max_tokens":1,"messages":[]}',
    });
    expect(answer.body.equals(zipped)).toBe(true);
    expect(answer.headers['content-encoding']).toBe('gzip');
    expect(gateway.records[0]?.usage?.outputTokens).toBe(5);
    expect(JSON.parse(String(gateway.records[0]?.payload?.response))).toEqual(MESSAGE);
  });

  it('streams untouched, with unknown events, and the log is there before its last event', async () => {
    const whole = [START, frame('some_future_event', { x: 1 }), ': comment\n\n', ...DELTAS, END].join('');
    const { gateway, url } = await setUp((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
      // In pieces that respect no boundary.
      for (let at = 0; at < whole.length; at += 37) response.write(whole.slice(at, at + 37));
      response.end();
    });
    const answer = await send(url, { headers: auth, body: '{"model":"m","max_tokens":1,"stream":true,"messages":[]}' });
    expect(answer.body.toString()).toBe(whole);
    expect(gateway.records).toHaveLength(1);
    expect(gateway.records[0]).toMatchObject({
      status: 'success',
      stream: true,
      replyPreview: 'Hello there',
      attempts: [{ statusCode: 200, outcome: 'ok', reason: 'first choice' }],
    });
    expect(gateway.records[0]?.usage).toMatchObject({
      inputTokens: 10,
      outputTokens: 42,
      cacheWrite1hTokens: 5,
      cacheWrite5mTokens: 2,
      estimated: false,
    });
    expect(gateway.records[0]?.ttftMs).not.toBeNull();
    expect(String(gateway.records[0]?.payload?.response)).toBe(whole);
  });

  it('keeps the provider error as it is', async () => {
    const error = '{"type":"error","error":{"type":"rate_limit_error","message":"slow down"},"request_id":"req_9"}';
    const { gateway, url } = await setUp((_, response) =>
      response
        .writeHead(429, { 'content-type': 'application/json', 'retry-after': '7', 'x-should-retry': 'true' })
        .end(error),
    );
    const answer = await send(url, { headers: auth, body: '{"model":"m","max_tokens":1,"messages":[]}' });
    expect([
      answer.status,
      answer.body.toString(),
      answer.headers['retry-after'],
      answer.headers['x-should-retry'],
    ]).toEqual([429, error, '7', 'true']);
    expect(gateway.records[0]).toMatchObject({
      status: 'error',
      statusCode: 429,
      errorCause: 'provider',
      errorType: 'rate_limit_error',
      errorMessage: 'slow down',
    });
  });
});
