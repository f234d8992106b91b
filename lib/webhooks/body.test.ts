import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { pythonJson } from './body';

const VALUE = {
  text: 'Grüße "Zoë" \\ / \n\t\u0001\u007f 漢字 😀 \u2028',
  empty: ['', [], {}, null],
  numbers: [0, -0, 1, -7, 0.5, 0.0001, 0.0000123, 1e-7, 1.5e-10, -0.00002, 1234567.25, 1e16, 1e21, 9007199254740991],
  yes: true,
  no: false,
  'a key': { nested: [1, 'two', { three: 3 }] },
};

test('is JSON of the same value', () => {
  expect(JSON.parse(pythonJson(VALUE))).toEqual(JSON.parse(JSON.stringify(VALUE)));
  expect(pythonJson({ left: undefined, there: 1 })).toBe('{"there": 1}');
});

test('is what json.dumps makes of it again, so that the documented check of a signature holds', (context) => {
  const body = pythonJson(VALUE);
  const script = 'import json, sys; sys.stdout.write(json.dumps(json.loads(sys.stdin.buffer.read())))';
  let dumped: string;
  try {
    dumped = execFileSync('python3', ['-c', script], { input: body }).toString();
  } catch {
    return context.skip('There is no Python here.');
  }
  expect(dumped).toBe(body);
});

test('is written so also where there is no Python to ask', () => {
  expect(pythonJson(['é', 0.00001, 1e-7, { a: 1, b: [] }])).toBe('["\\u00e9", 1e-05, 1e-07, {"a": 1, "b": []}]');
});
