import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { ApiError, invalid } from './errors';

/** Read on to say 413 properly, but not for ever. */
const MAX_DISCARDED_BYTES = 512 * 2 ** 20;

/** The whole body. @throws ApiError 413 above the limit, once the client has finished sending. */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= limitBytes) chunks.push(chunk);
    else chunks.length = 0;
    if (size > MAX_DISCARDED_BYTES) break;
  }
  if (size <= limitBytes) return Buffer.concat(chunks, size);
  throw new ApiError(413, 'request_too_large', 'Request exceeds the maximum size');
}

const DECODERS = { gzip: promisify(gunzip), deflate: promisify(inflate), br: promisify(brotliDecompress) };

/** Undoes `content-encoding`. @throws ApiError 400 or 413 with the documented error codes. */
export async function decodeBody(body: Buffer, encoding: string | undefined, limitBytes: number): Promise<Buffer> {
  if (encoding === undefined || encoding === 'identity') return body;
  const decode = encoding === 'gzip' || encoding === 'deflate' || encoding === 'br' ? DECODERS[encoding] : null;
  if (!decode)
    throw coded(400, 'invalid_request_error', 'Unsupported content-encoding', 'request_body_encoding_unsupported');
  try {
    return await decode(body, { maxOutputLength: limitBytes });
  } catch (error) {
    if (error instanceof RangeError) {
      throw coded(
        413,
        'request_too_large',
        'Request exceeds the maximum size',
        'request_body_too_large_after_decoding',
      );
    }
    throw coded(400, 'invalid_request_error', 'The request body could not be decoded', 'request_body_encoding_invalid');
  }
}

/** @throws ApiError 400 */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw invalid(`The request body is not valid JSON: ${reason.replace(/, ".*$/s, '').slice(0, 120)}`);
  }
}

function coded(status: number, type: string, message: string, errorCode: string): ApiError {
  return new ApiError(status, type, message, { details: { error_code: errorCode } });
}
