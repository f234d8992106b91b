import { expect, test } from 'vitest';
import { assignColors } from './colors';

const MODELS = ['claude-opus-5-5', 'claude-sonnet-5-5', 'claude-haiku-5-5', 'gpt-5', 'a', 'b', 'c', 'd'];

test('eight models never share a colour', () => {
  expect(new Set(Object.values(assignColors(MODELS))).size).toBe(8);
});

test('a model that comes later moves none before it', () => {
  const before = assignColors(MODELS.slice(0, 5));
  expect(assignColors(MODELS)).toMatchObject(before);
});

test('past eight the colours are shared evenly', () => {
  const slots = Object.values(assignColors(Array.from({ length: 16 }, (_, i) => `model-${i}`)));
  const uses = Array.from({ length: 8 }, (_, slot) => slots.filter((used) => used === slot).length);
  expect(uses).toEqual([2, 2, 2, 2, 2, 2, 2, 2]);
});

test('any name is a name', () => {
  expect(assignColors(['__proto__', 'constructor', ''])).toHaveProperty('constructor');
});
