import type { IncomingMessage } from 'node:http';
import { type Readable, Transform } from 'node:stream';
import { GatewayError } from '../errors';

/** Past the limit this much more is read and dropped, so that a client that is still sending can read the answer. */
const DRAIN_LIMIT_BYTES = 64 * 1024 * 1024;

/** @throws GatewayError too_large where the announced length is over the limit */
export function openBody(request: IncomingMessage, limitBytes: number): Readable {
  if (Number(request.headers['content-length']) > limitBytes) {
    drain(request);
    throw tooLarge(limitBytes);
  }
  let size = 0;
  const body = new Transform({
    transform(chunk: Buffer, _, done) {
      size += chunk.length;
      if (size <= limitBytes) done(null, chunk);
      else done(tooLarge(limitBytes));
    },
  });
  // Whoever reads it learns of its errors; unread, it has failed for nobody.
  body.on('error', () => {});
  body.on('close', () => {
    if (request.complete && request.readableEnded) return;
    // The provider answered early: the connection must last until the client has read that.
    request.unpipe(body);
    drain(request);
  });
  const cut = () => body.destroy(new GatewayError('invalid_json', 'The request ended before its body was complete.'));
  request.on('error', cut);
  request.on('close', () => {
    if (!request.complete) cut();
  });
  return request.pipe(body);
}

export function drain(request: IncomingMessage): void {
  let dropped = 0;
  request.on('data', (chunk: Buffer) => {
    dropped += chunk.length;
    if (dropped > DRAIN_LIMIT_BYTES) request.destroy();
  });
  request.resume();
}

export function tooLarge(limitBytes: number): GatewayError {
  return new GatewayError('too_large', `The request body is larger than ${Math.floor(limitBytes / 1_048_576)} MB.`);
}
