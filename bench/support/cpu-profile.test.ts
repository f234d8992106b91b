import { expect, test } from 'vitest';
import { summarizeProfile } from './cpu-profile';

const frame = (functionName: string, url: string) => ({ functionName, url, lineNumber: 0 });

/** A sample each 10 µs from 1010 on. */
const PROFILE = {
  nodes: [
    { id: 1, callFrame: frame('(idle)', '') },
    { id: 2, callFrame: frame('settle', 'file:///app/lib/settle.ts') },
    { id: 3, callFrame: frame('toRecord', 'file:///app/lib/settle.ts') },
    { id: 4, callFrame: frame('', 'node:net') },
    { id: 5, callFrame: frame('(garbage collector)', '') },
  ],
  startTime: 1000,
  samples: [2, 3, 3, 1, 4, 5],
  timeDeltas: [10, 10, 10, 10, 10, 10],
};

test('adds up what each function and file took itself, without idle time', () => {
  const { byFile, byFunction, busyUs } = summarizeProfile(PROFILE, 0, 5000, '/app');
  expect(busyUs).toBe(40);
  expect(byFile).toEqual([
    { name: 'lib/settle.ts', selfUs: 30 },
    { name: 'node:net', selfUs: 10 },
    { name: '(native)', selfUs: 0 },
  ]);
  expect(byFunction.slice(0, 2)).toEqual([
    { name: 'toRecord  lib/settle.ts', selfUs: 20 },
    { name: 'settle  lib/settle.ts', selfUs: 10 },
  ]);
});

test('counts only what happened between the two moments', () => {
  const { byFunction, busyUs } = summarizeProfile(PROFILE, 1015, 1035, '/app');
  expect(busyUs).toBe(20);
  expect(byFunction).toEqual([{ name: 'toRecord  lib/settle.ts', selfUs: 20 }]);
});

test('something else is no profile', () => {
  expect(() => summarizeProfile({ nodes: [] }, 0, 1, '/app')).toThrow();
});
