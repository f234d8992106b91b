import { describe, expect, it } from 'vitest';
import { LONGEST_WAIT_MS, nextStep, retryAfterMs, schedule, waitBefore } from './schedule';

const target = (credential: string) => ({ credential, target: credential });
const steps = schedule(
  [
    { model: 'opus', targets: [target('a'), target('b')] },
    { model: 'sonnet', targets: [target('a')] },
  ],
  { retries: 3, waitMs: 200 },
);
const label = (index: number | null) =>
  index === null ? null : `${steps[index]?.model} ${steps[index]?.credential} ${steps[index]?.round}`;
const following = (current: number, status: number | null, retryAfter: number | null = null) =>
  label(nextStep(steps, current, { status, retryAfterMs: retryAfter }));

describe('the schedule', () => {
  it('goes over the credentials, retries round them, then to the next model', () => {
    expect(steps.map((_, index) => label(index))).toEqual([
      'opus a 0',
      'opus b 0',
      'opus a 1',
      'opus b 2',
      'opus a 3',
      'sonnet a 0',
      'sonnet a 1',
      'sonnet a 2',
      'sonnet a 3',
    ]);
    expect(schedule([{ model: 'm', targets: [] }], { retries: 2, waitMs: 1 })).toEqual([]);
  });

  it.each([
    [0, 429, 'opus b 0'],
    [0, null, 'opus b 0'],
    [0, 401, 'opus b 0'],
    [1, 529, 'opus a 1'],
    // A refused key is not tried again; the other credential is, and then the next model.
    [4, 401, 'sonnet a 0'],
    [0, 400, 'sonnet a 0'],
    [5, 400, null],
    [8, 500, null],
  ])('after step %i answered %s comes %s', (current, status, expected) => {
    expect(following(current, status)).toBe(expected);
  });

  it('does not wait longer than a caller would, but still goes elsewhere', () => {
    expect(following(4, 429, LONGEST_WAIT_MS + 1)).toBe('sonnet a 0');
    expect(following(7, 429, LONGEST_WAIT_MS + 1)).toBeNull();
  });

  it('waits not at all for a new target, then doubling with jitter, or as asked', () => {
    const [first, second, third, fourth, fifth] = steps;
    if (!first || !second || !third || !fourth || !fifth) throw new Error('too few steps');
    const policy = { retries: 3, waitMs: 200 };
    const failure = { status: 429, retryAfterMs: 5000 };
    expect(waitBefore(second, first, policy, failure)).toBe(0);
    expect(waitBefore(third, second, policy, failure, 0.5)).toBe(200);
    expect(waitBefore(fourth, third, policy, failure, 0)).toBe(300);
    expect(waitBefore(fifth, { ...fourth, credential: 'a' }, policy, failure)).toBe(5000);
  });

  it.each([
    [{ 'retry-after': '7' }, 7000],
    [{ 'retry-after-ms': '150', 'retry-after': '7' }, 150],
    [{ 'retry-after': 'Thu, 01 Jan 1970 00:00:09 GMT' }, 8000],
    [{ 'retry-after': 'soon' }, null],
    [{}, null],
  ])('reads %j as %s ms', (headers, expected) => {
    expect(retryAfterMs(headers, 1000)).toBe(expected);
  });
});
