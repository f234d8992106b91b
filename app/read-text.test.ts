import { NextRequest } from 'next/server';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { jsonBody } from './api/answer-key';
import { POST as signIn } from './api/auth/[...nextauth]/route';
import { jsonOf } from './api/dashboard/answer';
import { POST as receiveStripe } from './api/stripe/webhook/route';
import { readText } from './read-text';

const URL = 'http://x.test/';
const CHUNK = new Uint8Array(65_536).fill(0x20);

/** A body that never ends by itself, without a length; tells how much of it was taken. */
function endless(headers: Record<string, string> = {}) {
  const taken = { bytes: 0, cancelled: false };
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      taken.bytes += CHUNK.byteLength;
      // Enough to fail a reader that does not count, and not to fill the memory of the test.
      if (taken.bytes > 64 * 1_048_576) return controller.close();
      controller.enqueue(CHUNK);
    },
    cancel() {
      taken.cancelled = true;
    },
  });
  const init: RequestInit & { duplex: 'half' } = { method: 'POST', headers, body, duplex: 'half' };
  return { request: new Request(URL, init), taken };
}

function posted(body: string, headers: Record<string, string> = {}): Request {
  return new Request(URL, { method: 'POST', headers, body });
}

describe('readText', () => {
  test('reads up to the limit, characters cut between two chunks included', async () => {
    const bytes = new TextEncoder().encode('Grüße 🙂');
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, duplex: 'half' };
    expect(await readText(new Request(URL, init), bytes.length)).toBe('Grüße 🙂');
    expect(await readText(new Request(URL, { method: 'POST' }), 1)).toBe('');
    await expect(readText(posted('four'), 3)).rejects.toMatchObject({ code: 'too_large', status: 413 });
  });

  test('stops where there is more, with a length or without', async () => {
    const { request, taken } = endless();
    await expect(readText(request, 1_048_576)).rejects.toMatchObject({
      code: 'too_large',
      message: 'The request body is larger than 1 MB. Send less at once.',
    });
    expect(taken.cancelled).toBe(true);
    expect(taken.bytes).toBeLessThan(2 * 1_048_576);
    const announced = endless({ 'content-length': '1048577' });
    await expect(readText(announced.request, 1_048_576)).rejects.toMatchObject({ code: 'too_large' });
    expect(announced.taken.bytes).toBeLessThanOrEqual(CHUNK.byteLength);
  });
});

describe('no route reads without an end', () => {
  test('the API', async () => {
    await expect(jsonBody(endless().request)).rejects.toMatchObject({ code: 'too_large' });
    expect(await jsonBody(posted('{"a":1}'))).toEqual({ a: 1 });
    expect(await jsonBody(posted(' '))).toEqual({});
    await expect(jsonBody(posted('{'))).rejects.toMatchObject({ code: 'bad_request' });
  });

  test('the dashboard, which takes JSON alone', async () => {
    const schema = z.object({ a: z.number() });
    const json = { 'content-type': 'application/json' };
    await expect(jsonOf(endless(json).request, schema)).rejects.toMatchObject({ code: 'too_large' });
    expect(await jsonOf(posted('{"a":1}', json), schema)).toEqual({ a: 1 });
    const large = posted(JSON.stringify({ a: 1, b: 'x'.repeat(2_000_000) }), json);
    expect(await jsonOf(large, schema, 4_000_000)).toEqual({ a: 1 });
    for (const wrong of [posted('{', json), posted('{"a":1}', { 'content-type': 'text/plain' })])
      await expect(jsonOf(wrong, schema)).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('what is sent to sign in', async () => {
    const { request, taken } = endless({ 'content-type': 'application/json' });
    const params = Promise.resolve({ nextauth: ['callback', 'credentials'] });
    expect((await signIn(new NextRequest(request), { params })).status).toBe(413);
    expect(taken.bytes).toBeLessThan(1_048_576);
  });

  test('the events of Stripe, which anybody can send', async () => {
    const { request, taken } = endless();
    expect((await receiveStripe(request)).status).toBe(413);
    expect(taken.bytes).toBeLessThan(2 * 1_048_576);
  });
});
