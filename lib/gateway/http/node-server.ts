import type { IncomingMessage, ServerResponse } from 'node:http';
import { GatewayError } from '../errors';
import type { HeaderPairs, Inbound, Outbound } from './message';

/** The core's two ends, on node:http. */

/** Past the limit this much more is read and dropped, so that a client that is still sending can read the answer. */
const DRAIN_LIMIT_BYTES = 64 * 1024 * 1024;

export function inboundOf(request: IncomingMessage): Inbound {
  return {
    method: request.method ?? 'GET',
    url: request.url ?? '/',
    headers: request.headers,
    rawHeaders: request.rawHeaders,
    readBody: (limitBytes) => readBody(request, limitBytes),
  };
}

function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const tooLarge = () =>
      new GatewayError('too_large', `The request body is larger than ${Math.floor(limitBytes / 1_048_576)} MB.`);
    if (Number(request.headers['content-length']) > limitBytes) {
      drain(request);
      return reject(tooLarge());
    }
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limitBytes) chunks.push(chunk);
      else {
        chunks.length = 0;
        request.removeAllListeners('data');
        drain(request);
        reject(tooLarge());
      }
    });
    request.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.on('error', () =>
      reject(new GatewayError('invalid_json', 'The request ended before its body was complete.')),
    );
    request.on('close', () => {
      if (!request.complete)
        reject(new GatewayError('invalid_json', 'The request ended before its body was complete.'));
    });
  });
}

function drain(request: IncomingMessage): void {
  let dropped = 0;
  request.on('data', (chunk: Buffer) => {
    dropped += chunk.length;
    if (dropped > DRAIN_LIMIT_BYTES) request.destroy();
  });
}

export function outboundOf(response: ServerResponse): Outbound {
  let resume: (() => void) | null = null;
  let abandoned: (() => void) | null = null;
  response.on('drain', () => resume?.());
  response.on('close', () => {
    if (!response.writableFinished) abandoned?.();
  });
  // A client that resets its connection is not an event of ours; `close` follows.
  response.on('error', () => {});
  return {
    get started() {
      return response.headersSent;
    },
    start(status: number, headers: HeaderPairs) {
      response.writeHead(status, headers.flat());
    },
    write: (chunk) => response.write(chunk),
    end: (chunk) => {
      response.end(chunk);
    },
    destroy: () => {
      response.destroy();
    },
    onDrain(callback) {
      resume = callback;
    },
    onAbandoned(callback) {
      abandoned = callback;
      if (response.destroyed && !response.writableFinished) callback();
    },
  };
}
