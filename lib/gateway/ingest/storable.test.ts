import { expect, it } from 'vitest';
import { storableJson, storableText } from './storable';

it('storableText leaves whole pairs and replaces NUL and halves', () => {
  expect(storableText('😀 \ud83d \0 ü')).toBe('😀 \ufffd \ufffd ü');
});

it.each([
  [{ a: 'x\0y' }, '{"a":"x\ufffdy"}'],
  [{ 'k\0': 1 }, '{"k\ufffd":1}'],
  [['\ud800', '\udfff', '😀'], '["\ufffd","\ufffd","😀"]'],
  ['a literal \\u0000 stays', '"a literal \\\\u0000 stays"'],
  ['\\\0', '"\\\\\ufffd"'],
  ['tab\t and "quotes"', '"tab\\t and \\"quotes\\""'],
  ['\u0001', '"\\u0001"'],
  [null, 'null'],
])('storableJson(%j) is %s', (value, expected) => {
  expect(storableJson(value)).toBe(expected);
});

it('storableJson is null for what JSON can not write', () => {
  let deep: unknown[] = [];
  for (let i = 0; i < 200_000; i++) deep = [deep];
  expect(storableJson(deep)).toBeNull();
  expect(storableJson(undefined)).toBeNull();
});
