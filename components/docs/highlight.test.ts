import { expect, test } from 'vitest';
import { highlight } from './highlight';

const kinds = (code: string, language?: string) =>
  highlight(code, language).flatMap(({ kind, text }) => (kind === 'plain' ? [] : `${kind} ${text}`));

test.each(['sh', 'ts', 'python', 'json', 'unknown', undefined])('nothing is lost in %s', (language) => {
  const code = `curl 'a "b"' # c\nconst x = "un\nclosed' // y\n{"k": null}\\`;
  expect(
    highlight(code, language)
      .map(({ text }) => text)
      .join(''),
  ).toBe(code);
});

test('comments, strings and words of the language are told apart', () => {
  expect(kinds(`const a = 'import'; // "x"`, 'ts')).toEqual(['keyword const', "string 'import'", 'comment // "x"']);
  expect(kinds('{"true": true}', 'json')).toEqual(['string "true"', 'keyword true']);
  expect(kinds('export A=https://x.test/#y # z', 'sh')).toEqual(['keyword export', 'comment # z']);
  expect(kinds('const a = 1', undefined)).toEqual([]);
});
