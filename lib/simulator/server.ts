import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Batches } from './batches';
import { ApiError, errorBody } from './errors';
import type { World } from './exchange';
import { newId } from './ids';
import { newMemory } from './messages';
import { type Pace, paceTimes } from './pace';
import { type RecordedRequest, Recorder } from './recorder';
import { route } from './routes';

export interface SimulatorOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  readonly host?: string;
  readonly pace?: Pace;
  /** How many requests to keep for `requests`; 0 where people use it, for they hold keys and prompts. */
  readonly recordLimit?: number;
}

export interface Simulator {
  /** Base URL without a slash at its end, to be used like https://api.anthropic.com. */
  readonly url: string;
  /** The newest requests, oldest first. */
  readonly requests: readonly RecordedRequest[];
  /** Ends running answers at once and frees the port. */
  close(): Promise<void>;
}

export type { RecordedRequest } from './recorder';

/** Starts a local Messages API. @throws when the port cannot be had. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { port = 0, host = '127.0.0.1', pace = 'natural', recordLimit = 100 } = options;
  const recorder = new Recorder(recordLimit);
  const closing = new AbortController();
  const memory = newMemory();
  const times = paceTimes(pace);
  const batches = new Batches(memory, times.firstByteMs, closing.signal);
  const world = { memory, batches, recorder, pace: times };
  const running = new Set<AbortController>();
  const server = createServer((request, response) => {
    const leaving = new AbortController();
    running.add(leaving);
    response.on('error', () => leaving.abort());
    response.on('close', () => {
      running.delete(leaving);
      leaving.abort();
    });
    void answer(request, response, world, leaving.signal);
  });
  server.on('clientError', refuse);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The simulator has no TCP address.');
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return {
    url: `http://${name}:${address.port}`,
    requests: recorder.requests,
    close: () =>
      new Promise((resolve, reject) => {
        closing.abort();
        for (const leaving of running) leaving.abort();
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  world: World,
  signal: AbortSignal,
): Promise<void> {
  const requestId = newId('req');
  response.setHeader('request-id', requestId);
  try {
    await route({ request, response, requestId, signal, ...world });
  } catch (error) {
    if (signal.aborted) response.destroy();
    else sendError(error, response, requestId);
  }
}

function sendError(error: unknown, response: ServerResponse, requestId: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const known = error instanceof ApiError ? error : new ApiError(500, 'api_error', 'Internal server error');
  for (const [name, value] of Object.entries(known.extra.headers ?? {})) response.setHeader(name, value);
  if (known.status === 400) response.setHeader('x-should-retry', 'false');
  response.writeHead(known.status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(errorBody(known, requestId)));
}

/** Bytes that are no HTTP. */
function refuse(_error: Error, socket: Duplex): void {
  if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n');
}
