import { expect, test } from 'vitest';
import { AttemptLimit, clearSignInAttempts, takeSignInAttempt } from './attempts';

const MINUTE_MS = 60_000;

test('the limit counts within its window and opens again after it', () => {
  let now = 0;
  const limit = new AttemptLimit(3, () => now);
  expect([limit.take('ada'), limit.take('ada'), limit.take('ada')]).toEqual([0, 0, 0]);
  now = 5 * MINUTE_MS;
  expect(limit.take('ada')).toBe(10 * MINUTE_MS);
  expect(limit.take('grace')).toBe(0);
  now = 15 * MINUTE_MS;
  expect(limit.take('ada')).toBe(0);
});

test('success clears the count', () => {
  const limit = new AttemptLimit(1, () => 0);
  limit.take('ada');
  limit.clear('ada');
  expect(limit.take('ada')).toBe(0);
});

test('made-up keys push out the oldest instead of filling the memory', () => {
  const limit = new AttemptLimit(1, () => 0);
  limit.take('oldest');
  for (let i = 0; i < 20_000; i++) limit.take(`made-up ${i}`);
  expect(limit.take('oldest')).toBe(0);
  expect(limit.take('made-up 19999')).toBeGreaterThan(0);
});

test('the eleventh attempt from one address says how long to wait; another address may still try', () => {
  for (let i = 0; i < 10; i++) takeSignInAttempt('eleven@example.com', '10.0.0.1');
  expect(() => takeSignInAttempt('eleven@example.com', '10.0.0.1')).toThrow(
    /Too many attempts for this account. Try again in 15 minutes./,
  );
  expect(() => takeSignInAttempt('eleven@example.com', '10.0.0.2')).not.toThrow();
  clearSignInAttempts('eleven@example.com', '10.0.0.1');
  expect(() => takeSignInAttempt('eleven@example.com', '10.0.0.1')).not.toThrow();
});

test('an account is closed to changing addresses after a hundred attempts', () => {
  for (let i = 0; i < 100; i++) takeSignInAttempt('many@example.com', `10.0.1.${i}`);
  expect(() => takeSignInAttempt('many@example.com', '10.0.2.1')).toThrow(/Too many attempts/);
});
