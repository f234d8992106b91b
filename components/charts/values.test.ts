import { describe, expect, test } from 'vitest';
import { DOLLARS, MILLISECONDS, valueTicks } from './values';

describe('valueTicks', () => {
  test.each([
    [0, false, [0, 1]],
    [38_000, false, [0, 10_000, 20_000, 30_000, 40_000]],
    [4.4, false, [0, 1.5, 3, 4.5, 6]],
    [8, false, [0, 2, 4, 6, 8]],
    [0.00031, false, [0, 0.00008, 0.00016, 0.00024, 0.00032]],
    [1, true, [0, 1, 2, 3, 4]],
    [9, true, [0, 3, 6, 9, 12]],
    [48, true, [0, 15, 30, 45, 60]],
    [158, true, [0, 40, 80, 120, 160]],
  ])('reaches over %d (whole: %s)', (largest, whole, expected) => {
    expect(valueTicks(largest, whole)).toEqual(expected);
  });
});

test('axis labels have units', () => {
  expect([0, 0.5, 12, 1500].map(DOLLARS.axis)).toEqual(['$0', '$0.5', '$12', '$1.5k']);
  expect([0, 250, 2500, 10_000].map(MILLISECONDS.axis)).toEqual(['0', '250 ms', '2.5 s', '10 s']);
});

test('long times are counted on the clock', () => {
  const axis = (largest: number) => MILLISECONDS.ticks?.(largest).map(MILLISECONDS.axis);
  expect(axis(800)).toEqual(['0', '200 ms', '400 ms', '600 ms', '800 ms']);
  expect(axis(30_000)).toEqual(['0', '8 s', '16 s', '24 s', '32 s']);
  expect(axis(70_000)).toEqual(['0', '20 s', '40 s', '1 min', '80 s']);
  expect(axis(4_020_000)).toEqual(['0', '20 min', '40 min', '1 h', '80 min']);
  expect(axis(30 * 3_600_000)).toEqual(['0', '8 h', '16 h', '24 h', '32 h']);
});
