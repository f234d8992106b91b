import { createServer, type RequestListener, type Server } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '@/lib/simulator/server';
import { type StreamEvent, streamMessage } from './stream-message';

const servers: Server[] = [];
let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ pace: 'instant' });
});
afterAll(() => simulator.close());
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function gateway(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}/v1/messages`;
}

async function collect(url: string, signal = new AbortController().signal): Promise<StreamEvent[]> {
  const request = { url, apiKey: 'sk-ant-any-key', model: 'claude-sonnet-5-5', prompt: 'Say hello.' };
  const events: StreamEvent[] = [];
  for await (const event of streamMessage(request, signal)) events.push(event);
  return events;
}

describe('a message sent from the page', () => {
  test('is answered by a real Messages API, in order and to its end', async () => {
    const events = await collect(`${simulator.url}/v1/messages`);
    const types = events.map((event) => event.type);
    expect(types[0]).toBe('opened');
    expect(types[1]).toBe('began');
    expect(types.at(-1)).toBe('finished');
    expect(events.map((event) => (event.type === 'text' ? event.text : '')).join('').length).toBeGreaterThan(5);
  });

  test('survives chunks that end anywhere, other line ends, comments, pings and events it does not know', async () => {
    const wire =
      ': hi\r\n\r\nevent: ping\r\ndata: {"type":"ping"}\r\n\r\n' +
      'data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}\n\n' +
      'data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Grüße"}}\n\n' +
      'data: {"type":"brand_new","x":1}\n\n' +
      'data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"s"}}\n\n' +
      'data: {"type":"message_stop"}\n\n';
    const url = await gateway(async (_request, response) => {
      response.writeHead(200, { 'x-respan-log-id': 'log-1' });
      for (const byte of Buffer.from(wire)) response.write(Buffer.of(byte));
      response.end();
    });
    expect(await collect(url)).toEqual([
      { type: 'opened', logId: 'log-1' },
      { type: 'began' },
      { type: 'text', text: 'Grüße' },
      { type: 'finished' },
    ]);
  });

  test.each([
    [
      '{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}',
      '401: invalid x-api-key',
    ],
    ['{"detail":"Your API key is invalid or expired"}', '401: Your API key is invalid or expired'],
    ['<html>', 'The gateway answered 401.'],
  ])('that is refused with %s says why', async (body, message) => {
    const url = await gateway((_request, response) => {
      response.writeHead(401, { 'x-respan-log-id': 'log-2' }).end(body);
    });
    expect(await collect(url)).toEqual([{ type: 'failed', message, logId: 'log-2' }]);
  });

  test('that fails in mid-stream, or is cut off, is not taken for an answer', async () => {
    const failing = await gateway((_request, response) => {
      response.end('data: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\n\n');
    });
    expect((await collect(failing)).at(-1)).toMatchObject({ type: 'failed', message: 'Overloaded' });
    const cut = await gateway((_request, response) => {
      response.end('data: {"type":"content_block_start"}\n\ndata: {"type":"message_st');
    });
    expect((await collect(cut)).at(-1)).toMatchObject({
      type: 'failed',
      message: expect.stringContaining('broke off'),
    });
  });

  test('to a gateway that is not there says so instead of throwing', async () => {
    expect(await collect('http://127.0.0.1:1/')).toEqual([
      { type: 'failed', message: expect.stringContaining('connection to the gateway was lost'), logId: null },
    ]);
  });
});
