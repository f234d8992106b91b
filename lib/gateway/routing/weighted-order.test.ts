import { describe, expect, it } from 'vitest';
import { weightedOrder } from './weighted-order';

const keys = [
  { id: 'a', weight: 1 },
  { id: 'b', weight: 3 },
  { id: 'c', weight: 6 },
];
const order = (from: typeof keys, stickiness: string | null) =>
  weightedOrder(from, (key) => key, stickiness).map((key) => key.id);

describe('weightedOrder', () => {
  it.each([
    ['drawn', () => null],
    ['sticky', (n: number) => `conversation-${n}`],
  ])('gives first places in proportion to the weights, %s', (_, stickiness) => {
    const winners = Array.from({ length: 20_000 }, (_, n) => order(keys, stickiness(n))[0]);
    const share = (id: string) => winners.filter((winner) => winner === id).length / winners.length;
    for (const [id, expected] of [
      ['a', 0.1],
      ['b', 0.3],
      ['c', 0.6],
    ] as const) {
      expect(Math.abs(share(id) - expected)).toBeLessThan(0.02);
    }
  });

  it('stays the same for a conversation, and moves only the conversations of a key that goes away', () => {
    let moved = 0;
    for (let n = 0; n < 1000; n++) {
      const before = order(keys, `thread ${n}`);
      expect(order([...keys].reverse(), `thread ${n}`)).toEqual(before);
      const after = order(
        keys.filter((key) => key.id !== 'a'),
        `thread ${n}`,
      );
      if (before[0] !== 'a') expect(after[0]).toBe(before[0]);
      else moved++;
    }
    expect(moved).toBeGreaterThan(50);
    expect(moved).toBeLessThan(150);
  });
});
