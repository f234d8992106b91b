import { describe, expect, test } from 'vitest';
import { phasesOf, tokensPerSecond } from './derived';

const attempt = (startedAfterMs: number) => ({
  provider: 'anthropic',
  model: 'm',
  credentialSource: 'integration',
  credentialId: null,
  credentialHint: 'abcd',
  startedAfterMs,
  durationMs: 1,
  statusCode: 200,
  reason: 'first choice',
  outcome: 'ok',
  digests: null,
});
const payload = (...starts: number[]) => ({
  request: null,
  response: null,
  requestHeaders: null,
  responseHeaders: null,
  attempts: starts.map(attempt),
});

describe('phasesOf', () => {
  test('a stream that was retried', () => {
    expect(phasesOf({ latencyMs: 3000, ttftMs: 1200, payload: payload(2, 700) })).toEqual([
      { name: 'gateway', fromMs: 0, toMs: 2 },
      { name: 'retries', fromMs: 2, toMs: 700 },
      { name: 'waiting', fromMs: 700, toMs: 1200 },
      { name: 'streaming', fromMs: 1200, toMs: 3000 },
    ]);
  });

  test('without a stream or attempts all of it is waiting', () => {
    expect(phasesOf({ latencyMs: 500, ttftMs: null, payload: null })).toEqual([
      { name: 'waiting', fromMs: 0, toMs: 500 },
    ]);
  });

  test('numbers that contradict each other still make a line without gaps', () => {
    const phases = phasesOf({ latencyMs: 100, ttftMs: 400, payload: payload(-5, 900) });
    expect(phases.at(0)?.fromMs).toBe(0);
    expect(phases.at(-1)?.toMs).toBe(100);
  });

  test('nothing where the latency is not known', () => {
    expect(phasesOf({ latencyMs: null, ttftMs: 3, payload: null })).toEqual([]);
  });
});

describe('tokensPerSecond', () => {
  test('counts the time of writing alone', () => {
    expect(tokensPerSecond({ latencyMs: 3000, ttftMs: 1000, outputTokens: 100 })).toBe(50);
  });

  test.each([
    { latencyMs: 3000, ttftMs: null, outputTokens: 100 },
    { latencyMs: null, ttftMs: 1, outputTokens: 100 },
    { latencyMs: 5, ttftMs: 5, outputTokens: 100 },
    { latencyMs: 50, ttftMs: 5, outputTokens: null },
  ])('is not known for %j', (log) => {
    expect(tokensPerSecond(log)).toBeNull();
  });
});
