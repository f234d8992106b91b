const RESPONSES = '/api/responses';

/** The frame that ends a broken stream: an error, and never the mark of a whole one. */
export function streamError(message: string, endpoint: string, type = 'api_error'): string {
  const error = { message, type, param: null, code: type === 'billing_error' ? 'insufficient_quota' : 'stream_broken' };
  if (endpoint !== RESPONSES) return `data: ${JSON.stringify({ error })}\n\n`;
  const { type: _, ...rest } = error;
  return `event: error\ndata: ${JSON.stringify({ type: 'error', ...rest, error })}\n\n`;
}
