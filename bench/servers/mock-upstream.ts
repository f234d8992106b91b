/**
 * A provider that answers at once and always well. On bare sockets, because a mock that is as slow as the gateway would
 * measure itself. Request headers set the answer:
 *   x-bench-bytes        text in a JSON answer (default 600)
 *   x-bench-deltas       answers as a stream of so many deltas
 *   x-bench-interval-ms  time between two deltas (default 20)
 */
import { createServer, type Socket } from 'node:net';
import { nowUs } from '../support/clock';
import { HttpReader } from '../support/http-reader';
import { deltaChunk, endChunks, jsonAnswer, MODELS_ANSWER, STREAM_HEAD, STREAM_START } from './answers';

const DEFAULT_BYTES = 600;
const DEFAULT_INTERVAL_MS = 20;

const answers = new Map<number, Buffer>();

const server = createServer({ noDelay: true }, (socket) => {
  let head = '';
  const reader = new HttpReader({
    head: (text) => {
      head = text;
    },
    body: () => {},
    end: () => answer(socket, head),
  });
  socket.on('data', (bytes: Buffer) => reader.push(bytes));
  socket.on('error', () => {});
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
  const address = server.address();
  if (address && typeof address === 'object') process.send?.({ port: address.port });
});
// Whoever started this is gone.
process.on('disconnect', () => process.exit(0));

function answer(socket: Socket, head: string): void {
  if (head.startsWith('GET ')) socket.write(MODELS_ANSWER);
  else if (head.includes('x-bench-deltas'))
    stream(socket, setting(head, 'deltas', 1), setting(head, 'interval-ms', DEFAULT_INTERVAL_MS));
  else socket.write(answerOf(setting(head, 'bytes', DEFAULT_BYTES)));
}

function answerOf(bytes: number): Buffer {
  const known = answers.get(bytes) ?? jsonAnswer(bytes);
  answers.set(bytes, known);
  return known;
}

/** The first delta comes with the head: what a client waits for then is the way, not the provider. */
function stream(socket: Socket, deltas: number, intervalMs: number): void {
  const startMs = performance.now();
  socket.write(STREAM_HEAD + STREAM_START + deltaChunk(nowUs()), 'latin1');
  let sent = 1;
  const next = () => {
    if (socket.destroyed) return;
    if (sent >= deltas) {
      socket.write(endChunks(deltas), 'latin1');
      return;
    }
    socket.write(deltaChunk(nowUs()), 'latin1');
    sent++;
    wait();
  };
  // By the clock and not by the last delta, so that a late timer does not slow the stream down.
  const wait = () => setTimeout(next, Math.max(0, startMs + sent * intervalMs - performance.now()));
  wait();
}

function setting(head: string, name: string, byDefault: number): number {
  const value = new RegExp(`\\r\\nx-bench-${name}: *(\\d+)`, 'i').exec(head)?.[1];
  return value === undefined ? byDefault : Number(value);
}
