import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { AppError } from '@/lib/errors';
import { verifyAnthropicKey } from './verify';

const SECRET = 'sk-ant-api03-canary-0123456789abcdef';
const servers: Server[] = [];

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

  test.each([
    [401, 'provider_refused', /refused this key \(401 invalid x-api-key\)\. Check that you copied all of it\./],
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
