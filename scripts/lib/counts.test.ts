import { expect, test } from 'vitest';
import { countPlaywright, countVitest } from './counts.mjs';

function vitestReport(
  passed: number,
  failed: number,
  files: { status: string; assertionResults: { status: string }[] }[] = [],
) {
  return { numPassedTests: passed, numFailedTests: failed, testResults: files };
}

test('takes the counts of the reports', () => {
  expect(countVitest(vitestReport(5, 2), 1)).toEqual({ passed: 5, failed: 2 });
  expect(countPlaywright({ stats: { expected: 4, unexpected: 1, flaky: 0 } }, 1)).toEqual({ passed: 4, failed: 1 });
});

test('a file that could not be loaded is a failure', () => {
  const broken = { status: 'failed', assertionResults: [] };
  expect(countVitest(vitestReport(5, 0, [broken]), 1)).toEqual({ passed: 5, failed: 1 });
  const counted = { status: 'failed', assertionResults: [{ status: 'failed' }] };
  expect(countVitest(vitestReport(5, 1, [broken, counted]), 1)).toEqual({ passed: 5, failed: 2 });
});

test('so is a run without a report, or one whose tests passed but whose exit code says otherwise', () => {
  expect(countVitest(undefined, 0)).toEqual({ passed: 0, failed: 1 });
  expect(countPlaywright(undefined, 0)).toEqual({ passed: 0, failed: 1 });
  expect(countVitest(vitestReport(5, 0), 1)).toEqual({ passed: 5, failed: 1 });
  expect(countPlaywright({ stats: { expected: 4, unexpected: 0, flaky: 0 } }, 1)).toEqual({ passed: 4, failed: 1 });
});

test('a test that passed only at the second try has failed', () => {
  expect(countPlaywright({ stats: { expected: 4, unexpected: 0, flaky: 1 } }, 0)).toEqual({ passed: 4, failed: 1 });
});
