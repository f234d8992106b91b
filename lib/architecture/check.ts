import { posix } from 'node:path';
import { findCycles } from './cycles';
import { homeOf, IMPORT_RULES } from './import-rules';
import { type ParsedFile, parseFile } from './parse';

const MAX_LINES = 300;
const EXTENSIONS = ['', '.ts', '.tsx', '.mjs', '/index.ts', '/index.tsx'];

/** Tests and what only they use may import anything. */
const TEST = /(\.test\.tsx?|\/testing(\.\w+)?\.tsx?|\/test-[\w-]+\.tsx?)$/;
const READS_ENV = [/^lib\/env\.ts$/, /^[\w.]+\.config\.ts$/, /^scripts\//, /^e2e\//, /^bench\//, TEST];
const BARRELS = [/^lib\/gateway\/providers\/index\.ts$/];
/** The theme must be set before the first paint: a constant script of ours. */
const SETS_HTML = [/^components\/layout\/theme-script\.tsx$/];

export interface Violation {
  rule: 'import' | 'cycle' | 'length' | 'env' | 'barrel' | 'inner-html';
  path: string;
  detail: string;
}

/**
 * Checks the house rules that a machine can check.
 * Type-only imports count like others: a type that two folders owe each other binds them just as much.
 * @param sources content by path, relative to the project, with forward slashes
 */
export function checkArchitecture(sources: ReadonlyMap<string, string>): Violation[] {
  const parsed = new Map([...sources].map(([path, source]) => [path, parseFile(path, source)]));
  const graph = new Map([...parsed].map(([path, file]) => [path, ownImports(path, file, sources)]));
  return [
    ...[...parsed].flatMap(([path, file]) => [...checkImports(path, file, sources), ...checkFile(path, file)]),
    ...[...sources].flatMap(([path, source]) => checkLength(path, source)),
    ...findCycles(graph).map((cycle) => ({ rule: 'cycle' as const, path: cycle[0] ?? '', detail: cycle.join(' → ') })),
  ];
}

function checkImports(path: string, file: ParsedFile, sources: ReadonlyMap<string, string>): Violation[] {
  const rule = IMPORT_RULES.find(({ files }) => files.test(path));
  if (!rule || TEST.test(path)) return [];
  const allowed = rule.allows(homeOf(path));
  const wrong = file.imports.filter((target) => {
    const own = ownPath(path, target);
    if (own === undefined) return rule.packages ? !rule.packages.test(target) : false;
    // `./anthropic` means its index file, which belongs to that folder.
    const module = withoutExtension(resolve(own, sources) ?? own);
    return TEST.test(`${module}.ts`) || !allowed.some((pattern) => pattern.test(module));
  });
  return wrong.map((target) => ({ rule: 'import', path, detail: `imports ${target}, but ${rule.name}` }));
}

function checkFile(path: string, file: ParsedFile): Violation[] {
  const violations: Violation[] = [];
  if (file.readsProcessEnv && !READS_ENV.some((pattern) => pattern.test(path)))
    violations.push({ rule: 'env', path, detail: 'reads process.env; only lib/env.ts does' });
  if (file.onlyReexports && /(^|\/)index\.tsx?$/.test(path) && !BARRELS.some((pattern) => pattern.test(path)))
    violations.push({ rule: 'barrel', path, detail: 'only re-exports; import from the file itself' });
  if (file.setsInnerHtml && !SETS_HTML.some((pattern) => pattern.test(path)))
    violations.push({ rule: 'inner-html', path, detail: 'uses dangerouslySetInnerHTML' });
  return violations;
}

function checkLength(path: string, source: string): Violation[] {
  const lines = source.trimEnd().split('\n').length;
  return lines > MAX_LINES ? [{ rule: 'length', path, detail: `has ${lines} lines; ${MAX_LINES} is the most` }] : [];
}

function ownImports(path: string, file: ParsedFile, sources: ReadonlyMap<string, string>): string[] {
  return file.imports.flatMap((target) => {
    const own = ownPath(path, target);
    return (own === undefined ? undefined : resolve(own, sources)) ?? [];
  });
}

/** The project's path that an import means; undefined for packages. */
function ownPath(from: string, target: string): string | undefined {
  if (target.startsWith('@/')) return target.slice(2);
  return target.startsWith('.') ? posix.join(posix.dirname(from), target) : undefined;
}

function resolve(path: string, sources: ReadonlyMap<string, string>): string | undefined {
  return EXTENSIONS.map((extension) => path + extension).find((candidate) => sources.has(candidate));
}

function withoutExtension(path: string): string {
  return path.replace(/\.(tsx?|mjs)$/, '');
}
