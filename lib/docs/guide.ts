import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { plainText } from './outline';
import type { DocsPage } from './schema';

/** The pages written by hand, in the order of the navigation. A file is docs/guide/<slug>.md. */
export const GUIDE: readonly { readonly group: string; readonly slugs: readonly string[] }[] = [
  { group: 'Start', slugs: ['quickstart', 'anthropic', 'openai', 'sdks', 'mcp-servers'] },
  { group: 'Gateway', slugs: ['byok', 'parameters', 'routing', 'limits', 'errors'] },
  { group: 'Observe', slugs: ['logging', 'costs'] },
  { group: 'Run', slugs: ['self-hosting'] },
];

let pages: Promise<readonly DocsPage[]> | null = null;

/** Read once: they change with the program only. */
export function guidePages(): Promise<readonly DocsPage[]> {
  pages ??= readGuide();
  return pages;
}

/** Where the pages lie: every script of ours runs in the project's folder. */
function readGuide(): Promise<readonly DocsPage[]> {
  const folder = join(process.cwd(), 'docs', 'guide');
  const entries = GUIDE.flatMap(({ group, slugs }) => slugs.map((slug) => ({ group, slug })));
  return Promise.all(
    entries.map(async ({ group, slug }) => pageOf(slug, group, await readFile(join(folder, `${slug}.md`), 'utf8'))),
  );
}

/** @throws Error where the text does not begin with a title and a paragraph */
export function pageOf(slug: string, group: string, markdown: string): DocsPage {
  const [, title, first] = /^# (.+)\n\n((?:.+\n)+)/.exec(markdown) ?? [];
  if (!title || !first) throw new Error(`The page ${slug} does not begin with a title and a paragraph.`);
  return { slug, group, title, description: plainText(first), markdown };
}
