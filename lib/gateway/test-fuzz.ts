import { deflateSync, gzipSync } from 'node:zlib';
import { HONOURED_PARAMS, KNOWN_PARAMS, SECRET_PARAMS } from './params';

/** Malformed requests, the same for the same seed. */

export interface FuzzRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

/** What every credential inside a request begins with, so that it can be looked for anywhere. */
export const SUPPLIED_SECRET = 'sk-supplied-';

export class Random {
  constructor(private state: number) {}

  /** A whole number from 0 to below the limit (mulberry32). */
  below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }

  one<T>(from: readonly T[]): T {
    const chosen = from[this.below(from.length)];
    if (chosen === undefined) throw new Error('There is nothing to choose from.');
    return chosen;
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }
}

const PATHS = [
  ...['/api/anthropic/v1/messages', '/api/anthropic/messages/', '/api/anthropic/v1/messages/count_tokens?beta=true'],
  ...['/api/chat/completions', '/chat/completions/', '/api/responses', '/api/embeddings', '/api/request-logs/create/'],
  ...['/api/anthropic/v1/messages/batches', '/api/anthropic/v1/files?x=%00', '/api/anthropic/v1/../../etc/passwd'],
  ...[
    '/api/anthropic/v1//',
    '/api/anthropic/v1/%ff%fe',
    '/api/anthropic/v1/messages?%',
    '/api/anthropic/v1/messages/..',
  ],
  ...['/api/anthropic/api/hello', '/api/anthropic', '/constructor', '/__proto__', '//', '/api/anthropic/v1/x?a=\u00ff'],
];
const METHODS = [
  'POST',
  'POST',
  'POST',
  'POST',
  'POST',
  'POST',
  'POST',
  'POST',
  'GET',
  'PUT',
  'DELETE',
  'OPTIONS',
  'HEAD',
];
const PARAMS = [...HONOURED_PARAMS, ...KNOWN_PARAMS, '__proto__', 'constructor', 'toString'];
const MODELS = [
  ...['claude-sonnet-5-5', 'claude-sonnet-5-5', 'claude-sonnet-5-5', 'gpt-5.1', 'openai/', '/', 'anthropic/x', 'a/b/c'],
  ...[
    'constructor',
    '__proto__',
    'anthropic/constructor',
    'hasOwnProperty',
    '',
    '\0',
    '\ud800',
    'm\r\nx: y',
    'é'.repeat(300),
  ],
];

/** Stands for lists within lists, which JSON.stringify could not write. */
const nested = (depth: number) => `@nested-${depth}`;

function write(value: unknown): string {
  return JSON.stringify(value).replace(/"@nested-(\d+)"/g, (_, depth) => '['.repeat(depth) + ']'.repeat(depth));
}

/** Values of every wrong type. */
function oddValue(random: Random, secret: string): unknown {
  const key = { api_key: secret };
  return random.one<() => unknown>([
    () => null,
    () => random.one([true, false, 0, -1, 1.5, 1e308, -0, 2 ** 53]),
    () => random.one(['', ' ', 'x', '\0', '\ud800', 'a\r\nb: c', '"', '{}', 'x'.repeat(5000), '__proto__', 'null']),
    () => random.one([[], {}, [[]], [null], [{}], [1, 'a', null], { a: null }, { '': '' }]),
    () => nested(random.one([2, 60, 3000, 10_000])),
    () => key,
    () => [key],
    () => ({ anthropic: key, openai: key }),
    () => ({ anthropic: [{ credentials: key, weight: random.one([1, 0, -1, '1', null]) }] }),
    () => [{ credentials: { anthropic: key }, weight: 0.5, available_models: random.one([[], ['x'], 'x', null]) }],
    () => ({
      anthropic: { api_key: random.one([secret, '', ' ', `${secret}\r\nx-evil: 1`, `${secret}\0`, `${secret}é✓`, 7]) },
    }),
    () => ({ 'claude-sonnet-5-5': { ...key, api_base: random.one([null, '', 'http://127.0.0.1:1', 7]) } }),
    () => ({ models: [{ model: random.one(MODELS), weight: random.one([1, 0, 'x']), credentials: key }] }),
    () => ({ group_id: random.one(['g', 1, null]), models: random.one<unknown>([[], [{}], 'x']) }),
    () => JSON.parse(`{"__proto__":{"disable_log":true},"constructor":{"api_key":"${secret}"}}`),
    () => ({
      retry_enabled: random.one<unknown>([true, 'yes']),
      num_retries: random.one([1, 0, 1e9]),
      retry_after: 0.001,
    }),
    () => random.one<unknown>([['claude-sonnet-5-5', 'gpt-5.1'], ['', 'x'], Array(60).fill('x'), [['x']]]),
  ])();
}

function oddParams(random: Random, secret: string): Record<string, unknown> {
  const count = random.below(4);
  return Object.fromEntries(
    Array.from({ length: count }, () => {
      const name = random.one(PARAMS);
      return [name, oddValue(random, SECRET_PARAMS.has(name) ? secret : 'none')];
    }),
  );
}

function fields(random: Random, marker: string): [string, unknown][] {
  const odd = () => oddValue(random, 'none');
  const content = random.one<unknown>([
    marker,
    marker,
    [{ type: 'text', text: marker }],
    [{ type: random.one(['text', 'image', 'image_url', 'document', 'tool_result', '', 7]), text: marker, source: [] }],
    [[marker]],
    nested(5000),
  ]);
  const message = { role: random.one(['user', 'system', 'tool', 'x', 1]), content };
  const optional = ['tools', 'system', 'response_format', 'thinking', 'input', 'stop', 'tool_choice', 'n', 'user'];
  return [
    ['model', random.chance(80) ? random.one(MODELS) : odd()],
    ['max_tokens', random.chance(70) ? 5 : odd()],
    ['messages', random.chance(80) ? [message] : odd()],
    ...(random.chance(30) ? [['stream', random.one([true, 'true', 1])] as [string, unknown]] : []),
    ...(random.chance(20) ? [['store', true] as [string, unknown]] : []),
    ...optional.filter(() => random.chance(10)).map((name): [string, unknown] => [name, odd()]),
  ];
}

/** The members as JSON, in any order, some of them twice. */
function jsonOf(random: Random, members: [string, unknown][]): string {
  const twice = members.flatMap((member) => (random.chance(8) ? [member, member] : [member]));
  const ordered = random.chance(50) ? twice : twice.reverse();
  const space = random.one(['', '', ' ', '\n\t']);
  return `{${ordered.map(([name, value]) => `${space}${write(name)}:${space}${write(value)}`).join(',')}}`;
}

/** Breaks the bytes. What holds a secret is only cut short: in a member of another name it would be nobody's secret. */
function damage(random: Random, json: string, keepNames: boolean): Buffer {
  const bytes = Buffer.from(json);
  const at = random.below(bytes.length + 1);
  const head = bytes.subarray(0, at);
  const tail = bytes.subarray(at);
  if (keepNames || random.chance(40)) return head;
  const junk = random.one([
    '\0',
    '\xff\xfe',
    '\xed\xa0\x80',
    '"',
    '}',
    '[',
    ',',
    '\\',
    '\\u12',
    ' ',
    '\ufeff',
    '[[[[{"a":'.repeat(400),
  ]);
  return random.chance(50)
    ? Buffer.concat([head, Buffer.from(junk, 'latin1'), tail])
    : Buffer.concat([head, tail.subarray(1 + random.below(20))]);
}

function encoded(random: Random, body: Buffer, headers: Record<string, string>): Buffer {
  const encoding = random.one(['gzip', 'deflate', 'br', 'gzip, gzip', 'x', '', 'identity']);
  headers['content-encoding'] = encoding;
  if (random.chance(30)) return body;
  const packed = encoding === 'deflate' ? deflateSync(body) : gzipSync(body);
  return random.chance(40) ? packed.subarray(0, random.below(packed.length)) : packed;
}

const CONTENT_TYPES = [
  'text/plain',
  'application/json;charset=utf-16',
  'APPLICATION/JSON',
  '',
  'multipart/form-data',
  'a/b',
];
const ODD_HEADERS: readonly [string, string][] = [
  ['x-api-key', ''],
  ['x-api-key', 'wrong'],
  ['authorization', 'Bearer'],
  ['authorization', 'Basic eDp5'],
  ['anthropic-beta', '\u00ff'.repeat(50)],
  ['anthropic-version', ''],
  ['connection', 'close, x-api-key, anthropic-version'],
  ['te', 'trailers'],
  ['expect', 'something'],
  ['upgrade', 'websocket'],
  ['cookie', 'a=b'],
  ['x-data-respan-params', '{'],
  ['x-data-keywordsai-params', '%%%'],
  ['accept-encoding', '*;q=0'],
  ['x-respan-anything', '1'],
];

/**
 * A request that is wrong in some way.
 * @param marker stands in what the provider is asked, so that an answer or a log tells whose it is
 */
export function fuzzRequest(random: Random, key: string, marker: string): FuzzRequest {
  const secret = `${SUPPLIED_SECRET}${marker}`;
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  headers[random.one(['x-api-key', 'authorization'])] = key;
  if (headers.authorization) headers.authorization = `Bearer ${key}`;
  const params = oddParams(random, secret);
  const members = fields(random, marker);
  const place = random.one(['top', 'respan_params', 'keywordsai_params', 'metadata', 'base64', 'plain', 'container']);
  if (place === 'top') members.push(...Object.entries(params));
  else if (place === 'metadata')
    members.push(['metadata', { user_id: 'u', respan_params: params, extra_headers: oddValue(random, 'none') }]);
  else if (place === 'container') members.push(['respan_params', oddValue(random, secret)]);
  else if (place === 'base64')
    headers['x-data-respan-params'] = Buffer.from(write(params)).subarray(0, 8000).toString('base64');
  else if (place === 'plain')
    headers['x-data-respan-params'] = write(params)
      .replace(/[^\x20-\x7e]/g, '?')
      .slice(0, 8000);
  else members.push([place, params]);

  const json = jsonOf(random, members);
  let body = random.chance(25) ? damage(random, json, json.includes(SUPPLIED_SECRET)) : Buffer.from(json);
  if (random.chance(8)) headers['content-type'] = random.one(CONTENT_TYPES);
  if (random.chance(8)) body = encoded(random, body, headers);
  if (random.chance(15)) Object.assign(headers, Object.fromEntries([random.one(ODD_HEADERS)]));
  return {
    method: random.one(METHODS),
    path: random.chance(70) ? random.one(PATHS.slice(0, 8)) : random.one(PATHS),
    headers,
    body,
  };
}
