import { expect, it } from 'vitest';
import { priceUsage } from '@/lib/pricing/price';
import type { LogRecord } from '../log-record';
import { parseLog } from './parse-log';
import { previewOfContent, previewOfMessages, previewOfReply } from './preview';
import { logSchema } from './schema';

const context = {
  organizationId: 'o',
  apiKeyId: 'k',
  environment: 'production',
  id: '019a0000-0000-7000-8000-000000000001',
  now: Date.parse('2026-11-22T12:00:00Z'),
  endpoint: '/api/request-logs',
  price: priceUsage,
} as const;

/** A small seeded generator, so that a failure can be repeated. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

const NAMES = [
  ...Object.keys(logSchema.shape),
  ...['ttft', 'generation_time', 'thread_identifier', 'trace_group_identifier', 'messages', 'content', 'role', 'type'],
  ...[
    'prompt_tokens',
    'input_tokens',
    'cache_creation',
    'iterations',
    'text',
    '__proto__',
    'constructor',
    'toString',
    '',
    '\0',
  ],
];
const SCALARS = [
  ...[
    null,
    true,
    false,
    0,
    -0,
    1,
    -1,
    0.1,
    200,
    1e308,
    -1e308,
    2 ** 53,
    '',
    ' ',
    '0',
    '1e9',
    'x',
    '\0',
    '\ud800',
    '😀',
  ],
  ...['user', 'chat', 'tool', 'success', 'error', 'claude-opus-5-5', 'gpt-4o', '2026-11-22', '2026-99-99T99:99:99Z'],
  ...['019a0000-0000-7000-8000-000000000001', 'text', 'tool_use', 'tool_result', 'x'.repeat(300), '[1m]', '-', '.'],
];

function garbage(next: () => number, depth: number): unknown {
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(next() * from.length)];
  const kind = next();
  if (depth === 0 || kind < 0.5) return pick(SCALARS);
  const size = Math.floor(next() * 6);
  if (kind < 0.65) return Array.from({ length: size }, () => garbage(next, depth - 1));
  return object(next, depth, size);
}

function object(next: () => number, depth: number, size: number): unknown {
  const members = Array.from({ length: size }, () => {
    const name = NAMES[Math.floor(next() * NAMES.length)] ?? 'x';
    return `${JSON.stringify(name)}:${JSON.stringify(garbage(next, depth - 1) ?? null)}`;
  });
  return JSON.parse(`{${members.join(',')}}`);
}

it('any body is stored or refused with reasons, and never throws', () => {
  const next = random(20261122);
  let [stored, refused] = [0, 0];
  for (let round = 0; round < 10_000; round++) {
    const body = object(next, 5, 1 + Math.floor(next() * 8));
    const result = parseLog(round % 2 ? { model: 'claude-opus-5-5', ...Object(body) } : body, context);
    if (result.ok) {
      stored++;
      expectStorable(result.record);
    } else {
      refused++;
      const messages = Object.values(result.errors).flat();
      expect(messages.length).toBeGreaterThan(0);
      for (const message of messages) expect(message).toMatch(/^[A-Z].*\.$/);
    }
  }
  expect(stored).toBeGreaterThan(500);
  expect(refused).toBeGreaterThan(500);
});

/** What Postgres' columns take: whole numbers in range, no NUL, short identifiers. */
function expectStorable(record: LogRecord): void {
  const json = JSON.stringify(record, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
  if (/\\u0000|\\ud[89a-f]/.test(json)) throw new Error(`Not storable: ${json}`);
  const { usage } = record;
  for (const whole of [record.latencyMs, record.ttftMs, record.statusCode, usage?.inputTokens, usage?.outputTokens]) {
    if (typeof whole === 'number' && !(Number.isInteger(whole) && whole >= 0 && whole <= 2_147_483_647)) {
      throw new Error(`Out of range: ${whole} in ${json}`);
    }
  }
  if (!Number.isInteger(record.startedAt) || Number.isNaN(new Date(record.startedAt).getTime())) throw new Error(json);
  for (const name of [record.customerIdentifier, record.threadIdentifier, record.customIdentifier, record.model]) {
    if (name !== null && (name.length === 0 || name.length > 255)) throw new Error(json);
  }
  for (const preview of [record.promptPreview, record.replyPreview]) {
    if (preview !== null && preview.length > 160) throw new Error(json);
  }
}

it('previews of anything are a short line or nothing', () => {
  const next = random(7);
  for (let round = 0; round < 10_000; round++) {
    const value = garbage(next, 4);
    for (const preview of [previewOfMessages(value), previewOfContent(value), previewOfReply(value)]) {
      if (preview !== null && (preview.length === 0 || preview.length > 160 || /[\r\n\0]/.test(preview))) {
        throw new Error(`${JSON.stringify(value)} gave ${JSON.stringify(preview)}`);
      }
    }
  }
});

it.each([
  'prompt_messages',
  'output',
  'full_request',
  'metadata',
  'properties',
  'warnings',
  'usage',
  'customer_params',
  'tools',
])('a bottomless %s is refused or stored, never thrown', (name) => {
  for (const [open, close] of [
    ['[', ']'],
    ['{"metadata":', '}'],
    ['{"content":[', ']}'],
  ] as const) {
    const depth = 50_000;
    const body = JSON.parse(`{"model":"claude-opus-5-5","${name}":${open.repeat(depth)}1${close.repeat(depth)}}`);
    const result = parseLog(body, context);
    if (result.ok) expectStorable(result.record);
    else expect(Object.keys(result.errors).length).toBe(1);
  }
});

it.each([
  ['spaces', ' '],
  ['digits', '1'],
  ['backslashes', '\\'],
  ['NULs', '\0'],
  ['line breaks', '\n'],
  ['half surrogates', '\ud800'],
])('a long run of %s in any field takes no quadratic time', (_name, character) => {
  const long = `${character.repeat(50_000)}x`;
  const started = performance.now();
  for (const name of Object.keys(logSchema.shape)) {
    parseLog({ model: 'claude-opus-5-5', [name]: long }, context);
    parseLog({ model: 'claude-opus-5-5', [name]: { content: long, prompt_tokens: long } }, context);
  }
  expect(performance.now() - started).toBeLessThan(10_000);
});

it('a log of 20 MB is read in a moment', () => {
  const body = {
    model: 'claude-opus-5-5',
    prompt_messages: Array.from({ length: 2000 }, () => ({ role: 'assistant', content: 'x'.repeat(10_000) })),
  };
  const started = performance.now();
  const result = parseLog(body, context);
  expect(result.ok && result.record.payload?.request?.length).toBeGreaterThan(20_000_000);
  expect(performance.now() - started).toBeLessThan(3000);
});
