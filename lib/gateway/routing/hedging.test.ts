import { describe, expect, it } from 'vitest';
import { MINIMUM_SEEN, RecentValues } from '../recent-values';
import { Hedging, SHORTEST_WAIT_MS } from './hedging';

describe('times to the first byte', () => {
  it('say nothing until enough were seen, then their 95th percentile', () => {
    const times = new RecentValues();
    for (let n = 1; n < MINIMUM_SEEN; n++) times.observe('a', n * 100);
    expect(times.p95('a')).toBeNull();
    times.observe('a', MINIMUM_SEEN * 100);
    // Nearest rank of 20 values: the 19th.
    expect(Math.abs((times.p95('a') ?? 0) - 1900) / 1900).toBeLessThan(0.01);
    expect(times.p95('b')).toBeNull();
  });

  it('follow what is new: a provider that became slow is slow, and then fast again', () => {
    const times = new RecentValues();
    const see = (count: number, ms: number) => {
      for (let n = 0; n < count; n++) times.observe('a', ms);
    };
    see(3000, 100);
    expect(times.p95('a')).toBeLessThan(102);
    see(100, 2000);
    expect(times.p95('a')).toBeGreaterThan(1980);
    see(3000, 100);
    expect(times.p95('a')).toBeLessThan(102);
  });
});

describe('hedging', () => {
  const see = (hedging: Hedging, key: string, stream: boolean, ms: number) => {
    for (let n = 0; n < MINIMUM_SEEN; n++) hedging.begin(key, stream, null).observe('m', ms);
  };

  it('waits for the 95th percentile of the key, the model and the kind of answer', () => {
    const hedging = new Hedging();
    see(hedging, 'a', true, 400);
    const waits = (key: string, stream: boolean, model: string) => hedging.begin(key, stream, null).waitMs(model);
    expect(Math.round(waits('a', true, 'm') ?? 0)).toBeGreaterThan(395);
    expect([waits('a', false, 'm'), waits('a', true, 'other'), waits('b', true, 'm')]).toEqual([null, null, null]);
  });

  it('waits as long as the caller says where it says so, and never too short by itself', () => {
    const hedging = new Hedging();
    see(hedging, 'a', true, 2);
    expect(hedging.begin('a', true, null).waitMs('m')).toBe(SHORTEST_WAIT_MS);
    expect(hedging.begin('a', true, 7).waitMs('m')).toBe(7);
    expect(hedging.begin('new', true, 7).waitMs('m')).toBe(7);
  });

  it('makes one second attempt in ten calls, and never more than five out of turn', () => {
    const hedging = new Hedging();
    const spent = (calls: number) =>
      Array.from({ length: calls }, () => hedging.begin('a', true, null).spend()).filter(Boolean).length;
    // The first call may be hedged at once.
    expect(hedging.begin('a', true, null).spend()).toBe(true);
    expect(spent(1000)).toBe(100);
    for (let n = 0; n < 1000; n++) hedging.begin('a', true, null);
    expect(spent(10)).toBe(5);
    expect(hedging.begin('b', true, null).spend()).toBe(true);
  });
});
