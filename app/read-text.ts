import { AppError } from '@/lib/errors';

export const MEBIBYTE = 1_048_576;

/**
 * The body of a request as text, counted while it comes: an announced length may be missing or wrong.
 * @throws AppError too_large past the limit, without reading on
 */
export async function readText(request: Request, maxBytes: number): Promise<string> {
  const announced = Number(request.headers.get('content-length') ?? 0);
  if (announced > maxBytes) throw tooLarge(maxBytes);
  if (!request.body) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  // Leaving the loop cancels the rest.
  for await (const chunk of request.body) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function tooLarge(maxBytes: number): AppError {
  const limit = maxBytes < MEBIBYTE ? `${Math.floor(maxBytes / 1024)} kB` : `${Math.floor(maxBytes / MEBIBYTE)} MB`;
  return new AppError('too_large', `The request body is larger than ${limit}. Send less at once.`);
}
