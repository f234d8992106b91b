import { brotliDecompressSync, constants, gunzipSync, inflateSync } from 'node:zlib';

const LIMIT_BYTES = 64 * 1024 * 1024;

/**
 * Undoes a content encoding, for reading beside the bytes that pass untouched. A stream that was cut gives what it holds.
 * @returns null for an encoding we don't know, or bytes that aren't in it
 */
export function decodeContent(bytes: Buffer, encoding: string | undefined): Buffer | null {
  const options = { maxOutputLength: LIMIT_BYTES, finishFlush: constants.Z_SYNC_FLUSH };
  try {
    switch (encoding?.trim().toLowerCase() ?? '') {
      case '':
      case 'identity':
        return bytes;
      case 'gzip':
      case 'x-gzip':
        return gunzipSync(bytes, options);
      case 'deflate':
        return inflateSync(bytes, options);
      case 'br':
        return brotliDecompressSync(bytes, {
          maxOutputLength: LIMIT_BYTES,
          finishFlush: constants.BROTLI_OPERATION_FLUSH,
        });
      default:
        return null;
    }
  } catch {
    return null;
  }
}
