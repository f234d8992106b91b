import type { IncomingMessage, ServerResponse } from 'node:http';
import { GatewayError } from '../errors';
import type { HeaderPairs, Inbound, Outbound } from './message';
import { drain, openBody, tooLarge } from './upload';

/** The core's two ends, on node:http. */

export function inboundOf(request: IncomingMessage): Inbound {
  return {
    method: request.method ?? 'GET',
    url: request.url ?? '/',
    headers: request.headers,
    rawHeaders: request.rawHeaders,
    readBody: (limitBytes) => readBody(request, limitBytes),
    openBody: (limitBytes) => openBody(request, limitBytes),
  };
}

function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    if (Number(request.headers['content-length']) > limitBytes) {
      drain(request);
      return reject(tooLarge(limitBytes));
    }
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limitBytes) chunks.push(chunk);
      else {
        chunks.length = 0;
        request.removeAllListeners('data');
        drain(request);
        reject(tooLarge(limitBytes));
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
      const flat: string[] = [];
      for (const [name, value] of headers) flat.push(name, value);
      response.writeHead(status, flat);
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
