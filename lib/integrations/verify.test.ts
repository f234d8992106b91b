import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { provideEnv } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { providerById, providerOf } from '@/lib/gateway/providers';
import { verifyKey } from './verify';

const SECRET = 'sk-ant-api03-canary-0123456789abcdef';
const servers: Server[] = [];

const row = { slug: 'mine', name: 'Mine', models: [], pricedAs: null };

function registered(id: string) {
  const provider = providerById(id);
  if (!provider) throw new Error(`no provider ${id}`);
  return provider;
}

const verifyAnthropicKey = (baseUrl: string, secret: string) => verifyKey(registered('anthropic'), baseUrl, secret);
const verifyCustom = (baseUrl: string) => verifyKey(providerOf({ ...row, baseUrl }), baseUrl, SECRET);

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A provider that answers as a test wants, over real HTTP. */
async function provider(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}

async function refusal(baseUrl: string): Promise<AppError> {
  const error = await verifyAnthropicKey(baseUrl, SECRET).catch((reason: unknown) => reason);
  if (!(error instanceof AppError)) throw new Error(`expected an AppError, got ${String(error)}`);
  expect(JSON.stringify([error.message, error.fields, String(error.cause)])).not.toContain(SECRET);
  return error;
}

describe('asking the provider', () => {
  test('sends the key where Anthropic expects it, and only there', async () => {
    const seen: unknown[] = [];
    const url = await provider((request, response) => {
      seen.push({ method: request.method, url: request.url, key: request.headers['x-api-key'] });
      seen.push({ version: request.headers['anthropic-version'], authorization: request.headers.authorization });
      response.end('{"data":[]}');
    });
    await verifyAnthropicKey(url, SECRET);
    expect(seen).toEqual([
      { method: 'GET', url: '/v1/models?limit=1', key: SECRET },
      { version: '2023-06-01', authorization: undefined },
    ]);
  });

  test('sends a key of OpenAI, and of a custom provider, as a bearer', async () => {
    provideEnv({ ALLOW_PRIVATE_UPSTREAMS: '1' });
    const seen: unknown[] = [];
    const url = await provider((request, response) => {
      seen.push([request.url, request.headers.authorization]);
      response.end('{"data":[]}');
    });
    await verifyKey(registered('openai'), `${url}/v1`, SECRET);
    await verifyCustom(`${url}/api/v2`);
    expect(seen).toEqual([
      ['/v1/models', `Bearer ${SECRET}`],
      ['/api/v2/models', `Bearer ${SECRET}`],
    ]);
  });

  test('a custom provider without a list of models is taken with a warning', async () => {
    provideEnv({ ALLOW_PRIVATE_UPSTREAMS: '1' });
    const url = await provider((_, response) => response.writeHead(404).end());
    expect(await verifyCustom(url)).toMatch(/has no list of models \(404\), so neither the address nor the key/);
  });

  test('a custom provider at a private address is never called', async () => {
    provideEnv({ ALLOW_PRIVATE_UPSTREAMS: '0' });
    let called = false;
    const url = await provider((_, response) => {
      called = true;
      response.end('{}');
    });
    for (const baseUrl of [url, url.replace('127.0.0.1', 'localhost')]) {
      const error = await verifyCustom(baseUrl).catch((reason: unknown) => reason);
      expect(error).toMatchObject({
        code: 'invalid_input',
        message: expect.stringMatching(/leads to a private address/),
      });
    }
    expect(called).toBe(false);
  });

  test.each([
    [401, 'provider_refused', /Anthropic refused this key \(401\)\. Check that you copied all of it\./],
    [403, 'provider_refused', /does not allow it to use the API \(403\)/],
    [404, 'unavailable', /answered 404 .* Check ANTHROPIC_BASE_URL/],
    [302, 'unavailable', /answered 302/],
    [429, 'unavailable', /answered 429, so the key could not be checked/],
    [529, 'unavailable', /answered 529, so the key could not be checked/],
  ])('an answer of %i is %s', async (status, code, message) => {
    const url = await provider((request, response) => {
      // A provider that repeats what it was sent must not reach the screen.
      response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end(JSON.stringify(request.headers));
    });
    const error = await refusal(url);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });

  test('a provider that is not there is said to be out of reach', async () => {
    const error = await refusal('http://127.0.0.1:1');
    expect(error.code).toBe('unavailable');
    expect(error.message).toMatch(/^127\.0\.0\.1:1 could not be reached \(ECONNREFUSED\)/);
  });

  test('a provider that hangs up is said to be out of reach', async () => {
    const error = await refusal(await provider((request) => request.socket.destroy()));
    expect(error.code).toBe('unavailable');
    expect(error.message).toMatch(/could not be reached/);
  });
});
