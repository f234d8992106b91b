import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './run.mjs';

/**
 * A hash over files and folders, by name and content.
 * @param {string[]} paths relative to the project; what does not exist counts as absent
 * @param {(path: string) => boolean} [includes]
 */
export function fingerprint(paths, includes = () => true) {
  const hash = createHash('sha256');
  for (const path of paths) addPath(hash, path, includes);
  return hash.digest('hex');
}

/**
 * Whether the mark left by the last successful run is still this one.
 * @param {string} markFile
 * @param {string} value
 */
export function isMarked(markFile, value) {
  try {
    return readFileSync(join(ROOT, markFile), 'utf8') === value;
  } catch {
    return false;
  }
}

/** @param {string} markFile @param {string} value */
export function mark(markFile, value) {
  writeFileSync(join(ROOT, markFile), value);
}

/** @param {import('node:crypto').Hash} hash @param {string} path @param {(path: string) => boolean} includes */
function addPath(hash, path, includes) {
  if (!includes(path)) return;
  const absolute = join(ROOT, path);
  let names;
  try {
    names = readdirSync(absolute).sort();
  } catch {
    hash.update(`${path}\0`).update(readOrAbsent(absolute)).update('\0');
    return;
  }
  for (const name of names) addPath(hash, `${path}/${name}`, includes);
}

/** @param {string} file */
function readOrAbsent(file) {
  try {
    return readFileSync(file);
  } catch {
    return 'absent';
  }
}
