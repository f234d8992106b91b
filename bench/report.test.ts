import { expect, test } from 'vitest';
import type { Measurement, TargetName } from './measure';
import { PHASE_NAMES } from './phases';
import { formatReport, memoryPerStreamKb } from './report';
import { median, problemsOf, type Round } from './results';

const NONE = { count: 0, p50: 0, p99: 0, max: 0 };

function measurement(given: { answered?: number; us?: number; cpuMs?: number | null; rssMb?: number }): Measurement {
  const { answered = 1000, us = 0, cpuMs = 100, rssMb = 100 } = given;
  const latency = { count: answered, p50: us, p99: us * 2, max: us * 3 };
  const failures = { sent: answered, failed: 0, failure: null };
  return {
    load: {
      ...failures,
      answered,
      seconds: 2,
      latencyUs: latency,
      firstDeltaUs: latency,
      deltaDelayUs: NONE,
      deltas: 0,
      deltasInAll: 5000,
    },
    cpuMs,
    databaseCpuMs: null,
    peakRssBytes: rssMb * 1024 * 1024,
    drained: null,
  };
}

function round(of: Record<TargetName, Measurement>): Round {
  const [throughput, rate200, rate1000, firstToken, deltas, large] = PHASE_NAMES.map(() => of);
  if (!throughput || !rate200 || !rate1000 || !firstToken || !deltas || !large) throw new Error('A phase is missing.');
  return { throughput, rate200, rate1000, firstToken, deltas, large };
}

const lines = (report: string, figure: string) => report.split('\n').find((line) => line.startsWith(`| ${figure}`));

test('ratios are taken within a round, so that a slow round does not distort them', () => {
  const quiet = {
    direct: measurement({}),
    bare: measurement({ answered: 20_000 }),
    respan: measurement({ answered: 10_000 }),
  };
  const busy = {
    direct: measurement({}),
    bare: measurement({ answered: 4000 }),
    respan: measurement({ answered: 2000 }),
  };
  const report = formatReport({ rounds: [round(quiet), round(busy), round(busy)], streams: [] });
  expect(lines(report, 'requests/s, 64')).toBe('| requests/s, 64 connections, 2 kB | 2,000 | 1,000 | 0.50 times |');
});

test('CPU is for each request sent, and what is added is added to the mock asked directly', () => {
  const all = {
    direct: measurement({ us: 200 }),
    bare: measurement({ us: 500, cpuMs: 40 }),
    respan: measurement({ us: 560, cpuMs: 85, rssMb: 150 }),
  };
  const report = formatReport({ rounds: [round(all)], streams: [] });
  expect(lines(report, 'CPU µs a request |')).toBe('| CPU µs a request | 40 | 85 | +45 |');
  expect(lines(report, 'added at 200/s')).toBe('| added at 200/s, p50 / p99 ms | 0.30 / 0.60 | 0.36 / 0.72 |  |');
  expect(lines(report, 'memory at 64')).toBe('| memory at 64 connections, MB | 100 | 150 | +50 |');
});

test('what the system does not tell is a dash, not a number', () => {
  const blind = measurement({ cpuMs: null });
  const report = formatReport({ rounds: [round({ direct: blind, bare: blind, respan: blind })], streams: [] });
  expect(lines(report, 'CPU µs a request |')).toBe('| CPU µs a request | - | - | - |');
});

test('every row has as many cells as the head', () => {
  const one = measurement({});
  const rows = formatReport({ rounds: [round({ direct: one, bare: one, respan: one })], streams: [] }).split('\n');
  expect(new Set(rows.map((row) => row.split('|').length))).toEqual(new Set([6]));
});

test('memory for a stream is what more streams add', () => {
  const tried = [
    { streams: 500, measurement: measurement({ rssMb: 150 }) },
    { streams: 1000, measurement: measurement({ rssMb: 190 }) },
    { streams: 1500, measurement: measurement({ rssMb: 230 }) },
  ];
  expect(memoryPerStreamKb(tried)).toBeCloseTo(81.92);
  expect(memoryPerStreamKb(tried.slice(0, 1))).toBeNull();
});

test('failed requests and missing logs are problems', () => {
  const good = measurement({});
  expect(problemsOf('respan', { ...good, drained: { backlog: 7, drainedMs: 80, missing: 0 } })).toEqual([]);
  const failed = { ...good, load: { ...good.load, failed: 3, failure: 'a request was answered with 503' } };
  expect(problemsOf('respan', { ...failed, drained: { backlog: 7, drainedMs: 60_000, missing: 2 } })).toEqual([
    'respan: 3 of 1000 requests failed; a request was answered with 503.',
    'respan: 2 of 1000 logs are missing.',
  ]);
});

test('the median', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(median([null, 5])).toBe(5);
  expect(median([null])).toBeNull();
});
