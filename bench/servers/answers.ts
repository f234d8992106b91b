/** What the mock upstream sends: the shape and size of real answers of the Messages API, headers included. */

const MODEL = 'claude-sonnet-5-5';
const WORDS = 'The gateway sends on what it was given, and keeps a copy for the log. ';

const HEADERS = [
  'request-id: req_011CSHoEeqs5C35K2UUqR7Fy',
  'anthropic-organization-id: 27796668-7351-40ac-acc4-024aee8995a5',
  ...['requests', 'input-tokens', 'output-tokens', 'tokens'].flatMap((what) => [
    `anthropic-ratelimit-${what}-limit: 4000000`,
    `anthropic-ratelimit-${what}-remaining: 3999000`,
    `anthropic-ratelimit-${what}-reset: 2030-01-01T00:00:00Z`,
  ]),
  'cf-ray: 9a1b2c3d4e5f6a7b-FRA',
  'server: cloudflare',
].join('\r\n');

const USAGE = {
  input_tokens: 421,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 1024,
  cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
  service_tier: 'standard',
};

/** A whole answer, head included. @param textBytes of the text in it */
export function jsonAnswer(textBytes: number): Buffer {
  const message = {
    ...{ id: 'msg_01XFDUDYJgAACzvnptvVoYEL', type: 'message', role: 'assistant', model: MODEL },
    content: [{ type: 'text', text: textOf(textBytes) }],
    ...{ stop_reason: 'end_turn', stop_sequence: null },
    usage: { ...USAGE, output_tokens: Math.ceil(textBytes / 4) },
  };
  return jsonOf(message);
}

/** What a key is checked with. */
export const MODELS_ANSWER = jsonOf({ data: [{ type: 'model', id: MODEL }], has_more: false });

export const STREAM_HEAD = `HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\ncache-control: no-cache\r\n${HEADERS}\r\ntransfer-encoding: chunked\r\n\r\n`;

export const STREAM_START = chunkOf(
  event('message_start', {
    message: {
      ...{ id: 'msg_01XFDUDYJgAACzvnptvVoYEL', type: 'message', role: 'assistant', model: MODEL, content: [] },
      ...{ stop_reason: null, stop_sequence: null, usage: { ...USAGE, output_tokens: 1 } },
    },
  }) +
    event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }) +
    event('ping', {}),
);

/** One delta, which says when it was sent: the load generator reads that. @param sentUs of the clock all processes share */
export function deltaChunk(sentUs: number): string {
  return chunkOf(
    `event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"@@${Math.round(sentUs)}@ a few words"}}\n\n`,
  );
}

/** The end of a stream. */
export function endChunks(deltas: number): string {
  const end =
    event('content_block_stop', { index: 0 }) +
    event('message_delta', {
      delta: { stop_reason: 'end_turn', stop_sequence: null },
      usage: { output_tokens: deltas },
    }) +
    event('message_stop', {});
  return `${chunkOf(end)}0\r\n\r\n`;
}

function event(type: string, rest: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...rest })}\n\n`;
}

/** ASCII only, so that its length is its size. */
function chunkOf(text: string): string {
  return `${text.length.toString(16)}\r\n${text}\r\n`;
}

function jsonOf(value: object): Buffer {
  const body = JSON.stringify(value);
  return Buffer.from(
    `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n${HEADERS}\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
}

function textOf(bytes: number): string {
  return WORDS.repeat(Math.ceil(bytes / WORDS.length)).slice(0, bytes);
}
