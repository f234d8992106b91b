import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkArchitecture } from './architecture/check';

const SKIPPED = new Set(['node_modules', 'generated', 'test-results', 'playwright-report', 'next-env.d.ts']);

function readSources(folder: string, sources = new Map<string, string>()): Map<string, string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = folder === '.' ? entry.name : `${folder}/${entry.name}`;
    if (SKIPPED.has(entry.name) || entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) readSources(path, sources);
    else if (/\.tsx?$/.test(entry.name)) sources.set(path, readFileSync(path, 'utf8'));
  }
  return sources;
}

test('the project keeps its own rules', () => {
  const sources = readSources('.');
  expect(sources.size).toBeGreaterThan(100);
  const violations = checkArchitecture(sources);
  expect(violations.map(({ rule, path, detail }) => `${rule}: ${path} ${detail}`)).toEqual([]);
}, 60_000);

/** A small project without fault, in which each test plants one. */
const SOUND = {
  'lib/money/nano-usd.ts': 'export type NanoUsd = bigint;',
  'lib/env.ts': 'export const home = process.env.HOME;',
  'lib/db/client.ts': `import { home } from '@/lib/env'; export const db = home;`,
  'lib/keys/schema.ts': `import { z } from 'zod'; export const schema = z.string();`,
  'lib/keys/queries.ts': `import { db } from '@/lib/db/client'; import { schema } from './schema'; export { db, schema };`,
  'lib/gateway/ports.ts': `import type { NanoUsd } from '@/lib/money/nano-usd'; export type Cost = NanoUsd;`,
  'lib/gateway/providers/provider.ts': `import type { Cost } from '../ports'; export type Provider = Cost;`,
  'lib/gateway/providers/a/index.ts': `import type { Provider } from '../provider'; export const a: Provider = 1n;`,
  'lib/gateway/providers/index.ts': `export { a } from './a';`,
  'components/ui/button.tsx': `export const Button = () => <button type="button">don't</button>;`,
  'components/keys/page.tsx': `import { Button } from '@/components/ui/button'; export const Page = Button;`,
  'app/keys/page.tsx': `export { Page as default } from '@/components/keys/page';`,
  'e2e/support/test.ts': 'export const base = process.env.BASE;',
};

function plant(files: Record<string, string>): string[] {
  const violations = checkArchitecture(new Map(Object.entries({ ...SOUND, ...files })));
  return violations.map(({ rule, path }) => `${rule} ${path}`);
}

describe('the checker', () => {
  test('finds nothing in a sound project', () => {
    expect(plant({})).toEqual([]);
  });

  test.each([
    ['money imports ours', 'lib/money/nano-usd.ts', `import '@/lib/errors';`],
    ['format imports a package', 'lib/format.ts', `import { z } from 'zod'; export const x = z;`],
    ['the gateway reads the database', 'lib/gateway/handle.ts', `import { db } from '@/lib/db/client'; db;`],
    [
      'the gateway reads the database, relatively',
      'lib/gateway/steps/x.ts',
      `import { db } from '../../db/client'; db;`,
    ],
    ['the gateway imports the database’s type', 'lib/gateway/handle.ts', `import type { db } from '@/lib/db/client';`],
    ['the gateway imports next', 'lib/gateway/handle.ts', `import { headers } from 'next/headers'; headers;`],
    [
      'the gateway imports a provider past the registry',
      'lib/gateway/handle.ts',
      `import { a } from './providers/a'; a;`,
    ],
    ['a provider imports another', 'lib/gateway/providers/b/index.ts', `import { a } from '../a'; export const b = a;`],
    ['a provider re-exports another', 'lib/gateway/providers/b/x.ts', `export * from '../a/index';`],
    ['a domain imports another’s internals', 'lib/limits/x.ts', `import { x } from '@/lib/keys/secret'; x;`],
    ['a domain imports a component', 'lib/limits/x.ts', `import { Button } from '@/components/ui/button'; Button;`],
    ['a domain imports react', 'lib/limits/x.ts', `import { useState } from 'react'; useState;`],
    ['a domain loads next at run time', 'lib/limits/x.ts', `export const x = () => import('next/headers');`],
    ['a component imports queries', 'components/keys/list.tsx', `import { db } from '@/lib/keys/queries'; db;`],
    ['a component names a query’s type', 'components/keys/list.tsx', `let x: import('@/lib/keys/queries').db; x;`],
    [
      'a component imports another domain’s',
      'components/logs/x.tsx',
      `import { Page } from '@/components/keys/page'; Page;`,
    ],
    [
      'a primitive imports a domain’s component',
      'components/ui/x.tsx',
      `import { Page } from '@/components/keys/page'; Page;`,
    ],
    ['app imports the database', 'app/page.tsx', `import { db } from '@/lib/db/client'; db;`],
    ['app imports prisma', 'app/page.tsx', `import { Prisma } from '@prisma/client'; Prisma;`],
    [
      'app imports the composition root',
      'app/page.tsx',
      `import { composeGateway } from '@/lib/gateway-ports'; composeGateway;`,
    ],
    ['e2e imports lib', 'e2e/x.spec.ts', `import { home } from '../lib/env'; home;`],
    ['code imports what is only for tests', 'lib/keys/x.ts', `import { x } from '@/lib/db/testing'; x;`],
  ])('%s', (_, path, source) => {
    expect(plant({ [path]: source })).toContain(`import ${path}`);
  });

  test('tests may import what they test with', () => {
    expect(plant({ 'lib/gateway/x.test.ts': `import { db } from '@/lib/db/client'; db;` })).toEqual([]);
  });

  test('a cycle, of types too, but not one inside a comment or a string', () => {
    expect(plant({ 'lib/keys/schema.ts': `import type { db } from './queries'; export type schema = db;` })).toEqual([
      'cycle lib/keys/queries.ts',
    ]);
    expect(
      plant({ 'lib/keys/a.ts': `import './b';`, 'lib/keys/b.ts': `import './c';`, 'lib/keys/c.ts': `import './a';` }),
    ).toEqual(['cycle lib/keys/a.ts']);
    expect(
      plant({ 'lib/keys/schema.ts': `// import './queries'\nexport const schema = "import './queries'";` }),
    ).toEqual([]);
  });

  test('a file of more than 300 lines', () => {
    expect(plant({ 'lib/keys/long.ts': '// x\n'.repeat(300) })).toEqual([]);
    expect(plant({ 'lib/keys/long.ts': '// x\n'.repeat(301) })).toEqual(['length lib/keys/long.ts']);
  });

  test.each([
    'export const port = process.env.PORT;',
    `export const port = process['env'].PORT;`,
    'const { env } = process; export const port = env.PORT;',
    `import { env } from 'node:process'; export const port = env.PORT;`,
  ])('a second reader of the environment: %s', (source) => {
    expect(plant({ 'lib/keys/x.ts': source })).toEqual(['env lib/keys/x.ts']);
  });

  test('a barrel', () => {
    const barrel = `export { schema } from './schema'; export * from './queries';`;
    expect(plant({ 'lib/keys/index.ts': barrel })).toEqual(['barrel lib/keys/index.ts']);
    expect(plant({ 'lib/keys/index.ts': `${barrel} export const own = 1;` })).toEqual([]);
  });

  test('HTML past React', () => {
    const html = `<p dangerouslySetInnerHTML={{ __html: '' }} />`;
    expect(plant({ 'components/keys/x.tsx': `export const X = () => ${html};` })).toEqual([
      'inner-html components/keys/x.tsx',
    ]);
    const spread = `const all = { dangerouslySetInnerHTML: { __html: '' } }; export const X = () => <p {...all} />;`;
    expect(plant({ 'components/keys/x.tsx': spread })).toEqual(['inner-html components/keys/x.tsx']);
  });

  test('a file that can not be parsed is an error, not a file without imports', () => {
    expect(() => plant({ 'lib/keys/x.ts': 'import { from;' })).toThrow('lib/keys/x.ts can not be parsed');
  });
});
