import { expect, test } from 'vitest';
import { type Call, diagnose } from './diagnose';
import { prefixOf } from './prefix';

const MINUTE_MS = 60_000;
const LONG = 'You are careful. '.repeat(300);
const CACHED = { type: 'ephemeral' };

/** A turn of a thread that caches its system prompt and its last message. */
function request(turns: string[], given: object = {}): string {
  const messages = turns.map((content, n) => ({
    role: n % 2 ? 'assistant' : 'user',
    content: [{ type: 'text', text: content, ...(n === turns.length - 1 ? { cache_control: CACHED } : {}) }],
  }));
  const system = [{ type: 'text', text: LONG, cache_control: CACHED }];
  return JSON.stringify({ model: 'claude-sonnet-5-5', max_tokens: 9, system, messages, ...given });
}

function call(body: string, given: Partial<Call> = {}): Call {
  return {
    id: '0190a000-0000-7000-8000-000000000001',
    startedAt: 0,
    readableAfterMs: 2000,
    model: 'claude-sonnet-5-5',
    credentialId: null,
    prefix: prefixOf(body),
    tokens: { uncached: 10, read: 0, written5m: 3000, written1h: 0 },
    rates: { input: 2_000_000_000n, cache_read: 200_000_000n, cache_write_5m: 2_500_000_000n },
    ...given,
  };
}

const first = call(request(['a']));
const later = (body: string, given: Partial<Call> = {}) => call(body, { startedAt: MINUTE_MS, ...given });
const READ_ALL = { uncached: 10, read: 3000, written5m: 100, written1h: 0 };

test('a call that reads all that was left is a hit, and costs nothing more', () => {
  expect(diagnose(first, later(request(['a', 'b', 'c']), { tokens: READ_ALL }))).toMatchObject({
    reason: 'hit',
    expectedTokens: 3000,
    missedTokens: 0,
    lostNanoUsd: '0',
  });
});

test('the first call has nothing to read', () => {
  expect(diagnose(null, first)).toMatchObject({ reason: 'first_call', expectedTokens: 0, lostNanoUsd: '0' });
});

test('a short call that reads nothing is no hit, however little it could have read', () => {
  const tokens = { uncached: 11, read: 0, written5m: 0, written1h: 0 };
  const short = later(JSON.stringify({ messages: [{ role: 'user', content: 'a' }] }), { tokens });
  expect(diagnose(first, short)).toMatchObject({ reason: 'no_breakpoint', missedTokens: 11 });
});

test('after five minutes it has lapsed, and what it costs is the difference of the prices', () => {
  const late = later(request(['a', 'b', 'c']), {
    startedAt: 5 * MINUTE_MS + 1,
    tokens: { ...READ_ALL, read: 0, written5m: 3100 },
  });
  expect(diagnose(first, late)).toMatchObject({
    reason: 'lapsed',
    elapsedMs: 5 * MINUTE_MS + 1,
    missedTokens: 3000,
    // 3,000 tokens at 2.50 less 0.20 dollars a million.
    lostNanoUsd: '6900000',
  });
  expect(diagnose(first, { ...late, startedAt: 5 * MINUTE_MS }).reason).toBe('unknown');
});

test('an hour’s breakpoint lasts an hour', () => {
  const system = [{ type: 'text', text: LONG, cache_control: { type: 'ephemeral', ttl: '1h' } }];
  const body = JSON.stringify({ system, messages: [{ role: 'user', content: 'a' }] });
  const begun = call(body, { tokens: { uncached: 10, read: 0, written5m: 0, written1h: 3000 } });
  expect(diagnose(begun, call(body, { startedAt: 59 * MINUTE_MS })).reason).toBe('unknown');
  expect(diagnose(begun, call(body, { startedAt: 61 * MINUTE_MS })).reason).toBe('lapsed');
});

test('a block that changed is named, with the text where the two part', () => {
  const system = [{ type: 'text', text: `Today is Monday. ${LONG}`, cache_control: CACHED }];
  const tuesday = [{ type: 'text', text: `Today is Tuesday. ${LONG}`, cache_control: CACHED }];
  const found = diagnose(call(request(['a'], { system })), later(request(['a'], { system: tuesday })));
  expect(found).toMatchObject({ reason: 'content_changed', missedTokens: 3000, change: { path: 'system.0' } });
  expect(found.change?.before).toContain('Today is Monday. You');
  expect(found.change?.after).toContain('Today is Tuesday. You');
});

test('tools come before everything: an order that changed is found there', () => {
  const tools = [
    { name: 'a', input_schema: {} },
    { name: 'b', input_schema: {} },
  ];
  const found = diagnose(call(request(['a'], { tools })), later(request(['a'], { tools: tools.toReversed() })));
  expect(found).toMatchObject({ reason: 'content_changed', change: { path: 'tools.0' } });
});

test('a message that was edited or left out is found; one behind the last breakpoint does not matter', () => {
  const edited = diagnose(call(request(['a', 'b', 'c'])), later(request(['a', 'B', 'c', 'd', 'e'])));
  expect(edited).toMatchObject({ reason: 'content_changed', change: { path: 'messages.1.content.0' } });
  const dropped = diagnose(call(request(['a', 'b', 'c'])), later(request(['a'])));
  expect(dropped).toMatchObject({ change: { path: 'messages.1.content.0', after: null } });
  const open = JSON.parse(request(['a', 'b', 'c']));
  delete open.messages[2].content[0].cache_control;
  const behind = diagnose(call(JSON.stringify(open)), later(request(['a', 'b', 'other']), { tokens: READ_ALL }));
  expect(behind.reason).toBe('hit');
});

test('a breakpoint that moved on is no change', () => {
  const found = diagnose(first, later(request(['a', 'b', 'c'])));
  expect(found).toMatchObject({ reason: 'unknown', change: null });
});

test.each([
  ['another model', { model: 'claude-opus-5-5' }, 'model_changed'],
  ['another key', { credentialId: '0190a000-0000-7000-8000-0000000000ff' }, 'credential_changed'],
  ['before the first could be read', { startedAt: 1999 }, 'too_early'],
] as const)('%s', (_, given, reason) => {
  expect(diagnose(first, later(request(['a', 'b', 'c']), given)).reason).toBe(reason);
});

test.each([
  ['speed', { speed: 'fast' }],
  ['tool_choice', { tool_choice: { type: 'any' } }],
  ['thinking', { thinking: { type: 'adaptive' } }],
  ['effort', { output_config: { effort: 'low' } }],
])('a setting that the cache hangs on: %s', (path, given) => {
  expect(diagnose(first, later(request(['a', 'b', 'c'], given)))).toMatchObject({
    reason: 'setting_changed',
    change: { path },
  });
});

test('without a breakpoint nothing is ever cached', () => {
  const body = JSON.stringify({ system: LONG, messages: [{ role: 'user', content: 'a' }] });
  const plain = { tokens: { uncached: 3000, read: 0, written5m: 0, written1h: 0 } };
  expect(diagnose(null, call(body, plain)).reason).toBe('no_breakpoint');
  expect(diagnose(call(body, plain), later(body, plain)).reason).toBe('no_breakpoint');
  expect(diagnose(call(request(['a']), plain), later(request(['a', 'b', 'c']), plain)).reason).toBe('nothing_cached');
});

test('a breakpoint finds the one before it within twenty blocks only', () => {
  const many = Array.from({ length: 41 }, (_, n) => `m${n}`);
  const body = JSON.parse(request(many));
  delete body.system[0].cache_control;
  const begun = JSON.parse(request(['m0']));
  delete begun.system[0].cache_control;
  expect(diagnose(call(JSON.stringify(begun)), later(JSON.stringify(body))).reason).toBe('too_far_back');
  expect(
    diagnose(
      call(JSON.stringify(begun)),
      later(JSON.stringify({ ...body, messages: body.messages.slice(0, 19), cache_control: CACHED })),
    ).reason,
  ).toBe('unknown');
});

test('a request that is not kept leaves the clock and the counters to judge by', () => {
  const unseen = { prefix: null };
  expect(diagnose({ ...first, ...unseen }, later('', unseen)).reason).toBe('unknown');
  expect(diagnose({ ...first, ...unseen }, later('', { ...unseen, startedAt: 6 * MINUTE_MS })).reason).toBe('lapsed');
});

test('a price that is not known leaves the loss unknown', () => {
  expect(diagnose(first, later(request(['x']), { rates: {} }))).toMatchObject({
    missedTokens: 3000,
    lostNanoUsd: null,
  });
});
