import { describe, expect, it } from 'vitest';
import { cut, rangesWithout, scanArray, scanObject } from './json-scan';

const latin1 = (text: string) => Buffer.from(text).toString('latin1');

function without(text: string, keys: string[]): string {
  const bytes = Buffer.from(text);
  const members = scanObject(bytes.toString('latin1'));
  if (!members) throw new Error('not an object');
  return cut(
    bytes,
    rangesWithout(members, (member) => keys.includes(member.key)),
  ).toString();
}

describe('scanObject', () => {
  it('finds every member with its byte offsets', () => {
    const text = ' {"model" : "claude", "ü":{"a":[1,{"b":"}\\""}]},"n":-1.5e+3, "last":null } ';
    const bytes = Buffer.from(text);
    const members = scanObject(bytes.toString('latin1'));
    expect(members?.map((m) => JSON.parse(bytes.subarray(m.valueStart, m.end).toString()))).toEqual([
      'claude',
      { a: [1, { b: '}"' }] },
      -1500,
      null,
    ]);
    expect(members?.[0]?.key).toBe('model');
  });

  it('reads an escaped key as what it means', () => {
    expect(scanObject(latin1('{"customer\\u005fcredentials":1}'))?.[0]?.key).toBe('customer_credentials');
  });

  it.each([
    '',
    '[]',
    '{',
    '{"a"}',
    '{"a":}',
    '{"a":1',
    '{"a":1}}',
    '{"a":[}]}',
    '{"a":"b}',
    '{"a":1,}',
    '{a:1}',
    '{"a":1} x',
    'null',
  ])('refuses %j', (text) => {
    expect(scanObject(text)).toBeNull();
  });

  it('agrees with JSON.parse on random documents', () => {
    for (let seed = 1; seed < 400; seed++) {
      const value = randomObject(seed);
      const text = seed % 2 ? JSON.stringify(value) : JSON.stringify(value, null, 2);
      const bytes = Buffer.from(text);
      const members = scanObject(bytes.toString('latin1')) ?? [];
      const rebuilt = Object.fromEntries(
        members.map((m) => [
          JSON.parse(bytes.subarray(m.start, m.start + bytes.subarray(m.start).indexOf(':')).toString()),
          JSON.parse(bytes.subarray(m.valueStart, m.end).toString()),
        ]),
      );
      expect(rebuilt).toEqual(value);
    }
  });
});

describe('rangesWithout', () => {
  it.each([
    ['{"a":1,"b":2,"c":3}', ['b'], '{"a":1,"c":3}'],
    ['{"a":1,"b":2,"c":3}', ['a'], '{"b":2,"c":3}'],
    ['{"a":1,"b":2,"c":3}', ['c'], '{"a":1,"b":2}'],
    ['{"a":1,"b":2,"c":3}', ['b', 'c'], '{"a":1}'],
    ['{"a":1,"b":2,"c":3}', ['a', 'c'], '{"b":2}'],
    ['{"a":1,"b":2,"c":3}', ['a', 'b', 'c'], '{}'],
    ['{ "a" : 1 , "b" : 2 }', ['b'], '{ "a" : 1 }'],
    ['{ "a" : 1 }', ['a'], '{  }'],
  ])('%s without %j is %s', (text, keys, expected) => {
    expect(without(text, keys)).toBe(expected);
  });

  it('leaves valid JSON with exactly the other members, whatever is cut', () => {
    for (let seed = 1; seed < 400; seed++) {
      const value = randomObject(seed);
      const keys = Object.keys(value).filter((_, index) => (seed >> (index % 8)) & 1);
      const expected = Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
      expect(JSON.parse(without(JSON.stringify(value, null, seed % 3), keys))).toEqual(expected);
    }
  });
});

it('scanArray gives the elements', () => {
  const text = '[1, {"a":[2]} ,"x"]';
  expect(scanArray(text, 0)?.map((e) => text.slice(e.start, e.end))).toEqual(['1', '{"a":[2]}', '"x"']);
  expect(scanArray('[1,]', 0)).toBeNull();
  expect(scanArray('[]', 0)).toEqual([]);
});

/** A document from a linear congruential generator: nested, with quotes, backslashes, brackets and non-ASCII text. */
function randomObject(seed: number): Record<string, unknown> {
  let state = seed * 2_654_435_761;
  const next = (n: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state % n;
  };
  const texts = ['plain', 'a"b', 'back\\slash', '{[', '}]', 'ünïcode 漢字', '\n\t', ''];
  const make = (depth: number): unknown => {
    const kind = next(depth > 3 ? 4 : 6);
    if (kind === 0) return next(1000) - 500;
    if (kind === 1) return texts[next(texts.length)];
    if (kind === 2) return next(2) === 0;
    if (kind === 3) return null;
    if (kind === 4) return Array.from({ length: next(4) }, () => make(depth + 1));
    return Object.fromEntries(Array.from({ length: next(4) }, (_, i) => [`k${i}`, make(depth + 1)]));
  };
  return Object.fromEntries(Array.from({ length: next(6) }, (_, i) => [`key${i}`, make(0)]));
}
