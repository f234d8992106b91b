import { describe, expect, it } from 'vitest';
import type { LogRecord } from '../log-record';
import { type LogContext, parseLog } from './parse-log';

const OUR_ID = '019a0000-0000-7000-8000-000000000001';
const CONTEXT: LogContext = {
  organizationId: '019a0000-0000-7000-8000-00000000000a',
  apiKeyId: '019a0000-0000-7000-8000-00000000000b',
  environment: 'production',
  id: OUR_ID,
  now: Date.parse('2026-11-22T12:00:00Z'),
  endpoint: '/api/request-logs',
  price: () => null,
};

function accept(body: unknown, context: Partial<LogContext> = {}): LogRecord {
  const result = parseLog(body, { ...CONTEXT, ...context });
  if (!result.ok) throw new Error(`Refused: ${JSON.stringify(result.errors)}`);
  return result.record;
}

function errorsOf(body: unknown): Record<string, string[]> {
  const result = parseLog(body, CONTEXT);
  if (result.ok) throw new Error('Accepted');
  return result.errors;
}

const withModel = (fields: Record<string, unknown>) => ({ model: 'claude-opus-5-5', ...fields });

describe('identifiers', () => {
  it('takes numbers, and the customer from either place', () => {
    expect(accept(withModel({ customer_identifier: 42, custom_identifier: 7 }))).toMatchObject({
      customerIdentifier: '42',
      customIdentifier: '7',
    });
    expect(accept(withModel({ customer_params: { customer_identifier: 42 } })).customerIdentifier).toBe('42');
    expect(accept(withModel({ customer_identifier: '' })).customerIdentifier).toBeNull();
  });

  it('refuses one of 256 characters and takes 255', () => {
    expect(accept(withModel({ custom_identifier: 'x'.repeat(255) })).customIdentifier).toHaveLength(255);
    expect(errorsOf(withModel({ custom_identifier: 'x'.repeat(256) }))).toEqual({
      custom_identifier: ['Must be at most 255 characters.'],
    });
  });

  it('uses a recent UUIDv7 as the id, so that the same log twice is one row', () => {
    const unique_id = '019AABBB-E000-7ABC-8DEF-0123456789AB';
    const now = 0x019aabbbe000;
    const record = accept(withModel({ unique_id }), { now });
    expect(record).toMatchObject({ id: unique_id.toLowerCase(), customIdentifier: null });
  });

  it.each([
    'my-id',
    '019a0000-0000-4000-8000-000000000001',
    '017f22e2-79b0-7cc3-98c4-dc0c0c07398f',
    'ffffffff-ffff-7fff-bfff-ffffffffffff',
  ])('keeps %s findable without storing the log by it', (unique_id) => {
    expect(accept(withModel({ unique_id }))).toMatchObject({ id: OUR_ID, customIdentifier: unique_id });
    expect(accept(withModel({ unique_id, custom_identifier: 'mine' }))).toMatchObject({
      id: OUR_ID,
      customIdentifier: 'mine',
      metadata: { respan_fields: { unique_id } },
    });
  });
});

describe('metadata', () => {
  it('joins properties, and keeps documented fields that have no column', () => {
    const span_name = 's'.repeat(300);
    const record = accept(
      withModel({ metadata: { plan: 'pro' }, properties: { plan: 'x', seats: 3 }, span_name, note: 'n' }),
    );
    expect(record.metadata).toEqual({
      plan: 'pro',
      seats: 3,
      respan_fields: { span_name: 's'.repeat(255), note: 'n' },
    });
    expect(record.warnings).toEqual([]);
  });

  it.each([[['a']], ['text'], [5]])('must be an object, not %j', (metadata) => {
    expect(errorsOf(withModel({ metadata }))).toEqual({ metadata: ['Must be an object.'] });
  });

  it('is refused when it is huge or bottomless', () => {
    expect(Object.keys(errorsOf(withModel({ metadata: { a: 'x'.repeat(100_001) } })))).toEqual(['metadata']);
    const deep = JSON.parse(`${'{"a":'.repeat(40)}1${'}'.repeat(40)}`);
    expect(Object.keys(errorsOf(withModel({ metadata: deep })))).toEqual(['metadata']);
  });
});

describe('content', () => {
  it('stores the request and the reply as they were given', () => {
    const tools = [{ type: 'function', function: { name: 'f' } }];
    const { payload } = accept(withModel({ input: 'Q', tools, temperature: 0, output: 'A' }));
    expect(JSON.parse(String(payload?.request))).toEqual({ input: 'Q', tools, temperature: 0 });
    expect(JSON.parse(String(payload?.response))).toBe('A');
  });

  it('puts what belongs to a reply into it', () => {
    const { payload, replyPreview } = accept(
      withModel({
        completion_message: { role: 'assistant', content: 'A' },
        tool_calls: [{ id: 1 }],
        full_response: { id: 'msg' },
      }),
    );
    expect(JSON.parse(String(payload?.response))).toEqual({
      role: 'assistant',
      content: 'A',
      tool_calls: [{ id: 1 }],
      full_response: { id: 'msg' },
    });
    expect(replyPreview).toBe('A');
  });

  it('previews whole requests and responses of both shapes', () => {
    const full_request = { messages: [{ role: 'user', content: [{ type: 'text', text: 'Q' }] }] };
    expect(
      accept(withModel({ full_request, full_response: { content: [{ type: 'text', text: 'A' }] } })),
    ).toMatchObject({
      promptPreview: 'Q',
      replyPreview: 'A',
    });
    expect(accept(withModel({ full_response: { choices: [{ message: { content: 'B' } }] } })).replyPreview).toBe('B');
  });

  it('disable_log keeps the numbers and no content', () => {
    expect(
      accept(withModel({ latency: 5.7, input: 'Q', output: 'A', disable_log: true, error_message: 'x' })),
    ).toMatchObject({
      payload: null,
      promptPreview: null,
      replyPreview: null,
      latencyMs: 5700,
    });
  });

  it('never stores a credential that came inside a logged request', () => {
    const secret = 'sk-ant-api03-secret';
    const credentials = { anthropic: { api_key: secret } };
    const record = accept(
      withModel({
        customer_credentials: credentials,
        full_request: {
          model: 'm',
          customer_credentials: credentials,
          metadata: { respan_params: { customer_credentials: credentials } },
        },
      }),
    );
    expect(JSON.stringify({ ...record, cost: null })).not.toContain(secret);
    expect(JSON.parse(String(record.payload?.request))).toEqual({ full_request: { model: 'm', metadata: {} } });
  });

  it('replaces NUL and half surrogates wherever they are', () => {
    const bad = 'a\0b\ud800';
    const body = Object.fromEntries(
      [
        'model',
        'provider_id',
        'error_message',
        'customer_identifier',
        'thread_identifier',
        'custom_identifier',
        'log_type',
        'status',
        'span_name',
        'note',
        'unique_id',
        bad,
      ].map((name) => [name, bad]),
    );
    const record = accept({
      ...body,
      input: bad,
      output: [bad],
      metadata: { [bad]: bad },
      warnings: bad,
      log_type: 'tool',
    });
    const stored = JSON.stringify({ ...record, cost: null });
    expect(stored).not.toMatch(/\\u0000|\\ud800/);
    expect(record.metadata).toMatchObject({ 'a\ufffdb\ufffd': 'a\ufffdb\ufffd' });
    expect(record.payload?.response).toBe('["a\ufffdb\ufffd"]');
  });
});
