import { describe, expect, it } from 'vitest';
import { priceUsage } from '@/lib/pricing/price';
import type { LogRecord } from '../log-record';
import { type LogContext, parseLog } from './parse-log';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const OUR_ID = '019a0000-0000-7000-8000-000000000001';
const CONTEXT: LogContext = {
  organizationId: '019a0000-0000-7000-8000-00000000000a',
  apiKeyId: '019a0000-0000-7000-8000-00000000000b',
  environment: 'production',
  id: OUR_ID,
  now: NOW,
  endpoint: '/api/request-logs/create/',
  price: priceUsage,
};

/** The log on the provider page, to the letter. */
const SEED = JSON.parse(
  '{"model":"claude-3-5-sonnet-20240620","prompt_messages":[{"role":"user","content":"Hi"}],"completion_message":{"role":"assistant","content":"Hi, how can I assist you today?"},"cost":0.001,"generation_time":5.7,"customer_params":{"customer_identifier":"customer_123"}}',
);

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

it('takes the documented log as a whole record', () => {
  expect(accept(SEED)).toEqual({
    id: OUR_ID,
    organizationId: CONTEXT.organizationId,
    environment: 'production',
    simulated: false,
    logMethod: 'logging_api',
    logType: 'chat',
    apiKeyId: CONTEXT.apiKeyId,
    endpoint: '/api/request-logs/create/',
    provider: 'anthropic',
    requestedModel: 'claude-3-5-sonnet-20240620',
    model: 'claude-3-5-sonnet-20240620',
    stream: false,
    status: 'success',
    statusCode: 200,
    errorCause: null,
    errorType: null,
    errorMessage: null,
    stopReason: null,
    startedAt: NOW - 5700,
    latencyMs: 5700,
    ttftMs: null,
    usage: null,
    cost: { costNanoUsd: 1_000_000n, parts: [], modifiers: [], source: 'caller' },
    credentialSource: null,
    credentialId: null,
    credentialHint: null,
    untouched: false,
    alterations: [],
    warnings: [],
    attempts: [],
    promptPreview: 'Hi',
    replyPreview: 'Hi, how can I assist you today?',
    customerIdentifier: 'customer_123',
    threadIdentifier: null,
    customIdentifier: null,
    metadata: null,
    payload: {
      request: '{"prompt_messages":[{"role":"user","content":"Hi"}]}',
      response: '{"role":"assistant","content":"Hi, how can I assist you today?"}',
      requestHeaders: null,
      responseHeaders: null,
    },
  });
});

describe('aliases', () => {
  it.each<[Record<string, unknown>, Partial<LogRecord>]>([
    [{ generation_time: 2 }, { latencyMs: 2000 }],
    [{ latency: 1, generation_time: 2 }, { latencyMs: 1000 }],
    [{ latency: null, generation_time: 2 }, { latencyMs: 2000 }],
    [{ ttft: 0.25 }, { ttftMs: 250 }],
    [{ time_to_first_token: 0.5, ttft: 0.25 }, { ttftMs: 500 }],
    [{ thread_identifier: 't' }, { threadIdentifier: 't' }],
    [{ trace_group_identifier: 'g', thread_identifier: 't' }, { threadIdentifier: 'g' }],
    [{ session_identifier: 's', trace_group_identifier: 'g' }, { threadIdentifier: 's' }],
    [{ messages: [{ role: 'user', content: 'Yo' }] }, { promptPreview: 'Yo' }],
  ])('%j', (fields, expected) => {
    const record = accept(withModel(fields));
    expect(record).toMatchObject(expected);
    expect(record.warnings).toEqual([]);
  });

  it('an error names the field that was sent', () => {
    expect(errorsOf(withModel({ generation_time: -1, ttft: 'soon' }))).toEqual({
      generation_time: ['Must not be negative.'],
      ttft: ['Must be a number.'],
    });
  });
});

describe('time', () => {
  it.each<[Record<string, unknown>, number, number | null]>([
    [{}, NOW, null],
    [{ latency: 2 }, NOW - 2000, 2000],
    [{ timestamp: '2026-11-20T10:00:02Z', latency: 2 }, Date.parse('2026-11-20T10:00:00Z'), 2000],
    [
      { start_time: '2026-11-20T10:00:00Z', timestamp: '2026-11-20T10:00:03.5Z' },
      Date.parse('2026-11-20T10:00:00Z'),
      3500,
    ],
    [{ start_time: '2026-11-20T10:00:00Z', latency: '1.5' }, Date.parse('2026-11-20T10:00:00Z'), 1500],
    [{ start_time: '2026-11-20T10:00:00.123456' }, Date.parse('2026-11-20T10:00:00.123Z'), null],
    [{ start_time: '2026-11-20 12:00:00+02:00' }, Date.parse('2026-11-20T10:00:00Z'), null],
    [{ start_time: '2026-11-20 12:00:00 +02' }, Date.parse('2026-11-20T10:00:00Z'), null],
    [{ start_time: '2026-11-20' }, Date.parse('2026-11-20T00:00:00Z'), null],
  ])('%j', (fields, startedAt, latencyMs) => {
    expect(accept(withModel(fields))).toMatchObject({ startedAt, latencyMs });
  });

  it('an end before the start gives a warning and no latency', () => {
    const record = accept(withModel({ start_time: '2026-11-20T10:00:02Z', timestamp: '2026-11-20T10:00:00Z' }));
    expect(record.latencyMs).toBeNull();
    expect(record.warnings).toHaveLength(1);
  });

  it.each([
    [{ timestamp: 'yesterday' }, 'timestamp'],
    [{ timestamp: 1732276800 }, 'timestamp'],
    [{ start_time: '2026-13-01T00:00:00Z' }, 'start_time'],
    [{ start_time: '1999-12-31T23:59:59Z' }, 'start_time'],
    [{ timestamp: '2026-11-24T00:00:00Z' }, 'timestamp'],
    [{ latency: 604_801 }, 'latency'],
  ])('refuses %j', (fields, field) => {
    expect(Object.keys(errorsOf(withModel(fields)))).toEqual([field]);
  });
});

describe('outcome', () => {
  it.each<[Record<string, unknown>, string, number]>([
    [{}, 'success', 200],
    [{ status: 'error' }, 'error', 500],
    [{ status: 'error', status_code: 200 }, 'error', 200],
    [{ status: 'success', status_code: 529 }, 'error', 529],
    [{ status_code: 429 }, 'error', 429],
    [{ status_code: '404' }, 'error', 404],
    [{ status_code: 399 }, 'success', 399],
    [{ error_message: 'Timeout' }, 'error', 500],
    [{ error_message: 'Recovered', status: 'success' }, 'success', 200],
    [{ error_message: 'Recovered', status_code: 200 }, 'success', 200],
  ])('%j is %s %d', (fields, status, statusCode) => {
    const record = accept(withModel(fields));
    expect(record).toMatchObject({ status, statusCode, errorCause: status === 'error' ? 'provider' : null });
  });

  it('shows the error where there is no reply', () => {
    expect(accept(withModel({ error_message: 'Overloaded\ntrace' }))).toMatchObject({
      errorMessage: 'Overloaded\ntrace',
      replyPreview: 'Overloaded',
    });
  });

  it('keeps warnings of the caller in every form and says what it did not understand', () => {
    expect(accept(withModel({ warnings: 'slow' })).warnings).toEqual(['slow']);
    expect(accept(withModel({ warnings: { retry: 'twice', a: 1 } })).warnings).toEqual(['retry: twice', 'a: 1']);
    expect(accept(withModel({ status: 'weird', log_type: 'poem', colour: 'red' })).warnings).toEqual([
      'Unknown status "weird": send "success" or "error".',
      'Unknown log_type "poem".',
      'Ignored fields that are not known: colour.',
    ]);
  });
});

describe('model and provider', () => {
  it.each([
    ['claude-opus-5-5', 'anthropic'],
    ['anthropic/claude-opus-5-5', 'anthropic'],
    ['gpt-4o', 'openai'],
    ['o3-mini', 'openai'],
    ['openai/gpt-4o', 'openai'],
    ['opus', null],
    ['mistral-large', null],
  ])('%s belongs to %s', (model, provider) => {
    expect(accept({ model }).provider).toBe(provider);
  });

  it('provider_id decides where it is given', () => {
    expect(accept({ model: 'claude-opus-5-5', provider_id: 'Bedrock' }).provider).toBe('bedrock');
  });

  it.each([undefined, 'chat', 'completion', 'embedding', 'generation'])('log_type %s needs a model', (log_type) => {
    expect(Object.keys(errorsOf({ log_type, input: 'x' }))).toEqual(['model']);
  });

  it.each(['workflow', 'tool', 'agent', 'custom', 'score'])('log_type %s does not', (log_type) => {
    expect(accept({ log_type, output: 'x' })).toMatchObject({
      logType: log_type,
      model: null,
      provider: null,
      cost: null,
    });
  });
});

it('refuses a body that is no object', () => {
  for (const body of [null, undefined, 5, 'x', [], true]) expect(Object.keys(errorsOf(body))).toEqual(['body']);
});

it('names every field that is wrong', () => {
  expect(
    Object.keys(
      errorsOf(withModel({ cost: 'free', status_code: 99, stream: 'perhaps', usage: 'many', metadata: 1 })),
    ).sort(),
  ).toEqual(['cost', 'metadata', 'status_code', 'stream', 'usage']);
});
