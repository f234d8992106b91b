import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fingerprint, isMarked, mark } from './fingerprint.mjs';
import { ROOT } from './run.mjs';

let absolute: string;
let folder: string;

beforeEach(() => {
  absolute = mkdtempSync(join(tmpdir(), 'respan-fingerprint-'));
  folder = relative(ROOT, absolute);
  writeFileSync(join(absolute, 'a.ts'), 'one');
  writeFileSync(join(absolute, 'b.test.ts'), 'two');
});

afterEach(() => rmSync(absolute, { recursive: true }));

test('changes with a content, a name, a new file and a missing one, and with nothing else', () => {
  const before = fingerprint([folder]);
  expect(fingerprint([folder])).toBe(before);
  writeFileSync(join(absolute, 'a.ts'), 'other');
  const edited = fingerprint([folder]);
  writeFileSync(join(absolute, 'c.ts'), '');
  const added = fingerprint([folder]);
  rmSync(join(absolute, 'a.ts'));
  expect(new Set([before, edited, added, fingerprint([folder])]).size).toBe(4);
  expect(fingerprint([`${folder}/none`])).not.toBe(fingerprint([]));
});

test('leaves out what it is told to', () => {
  const sources = () => fingerprint([folder], (path) => !path.endsWith('.test.ts'));
  const before = sources();
  writeFileSync(join(absolute, 'b.test.ts'), 'changed');
  expect(sources()).toBe(before);
});

test('a mark holds for its value alone', () => {
  const file = `${folder}/.mark`;
  expect(isMarked(file, 'x')).toBe(false);
  mark(file, 'x');
  expect(isMarked(file, 'x')).toBe(true);
  expect(isMarked(file, 'y')).toBe(false);
});
