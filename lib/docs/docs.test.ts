import { readdirSync, readFileSync } from 'node:fs';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { docsPages } from '@/app/docs/library';
import { GATEWAY_ERRORS } from '@/lib/gateway/errors';
import { HONOURED_PARAMS, KNOWN_PARAMS } from '@/lib/gateway/params';
import { pageAsText } from './fill';
import { GUIDE, pageOf } from './guide';
import { llmsFull, llmsIndex } from './llms';
import { docsServer } from './mcp';
import { headingIds, outlineOf, plainText } from './outline';
import type { DocsPage } from './schema';
import { searchPages } from './search';

const ORIGIN = 'https://gate.example.com';

let pages: readonly DocsPage[];
beforeAll(async () => {
  pages = await docsPages();
});
const page = (slug: string) => pages.find((one) => one.slug === slug)?.markdown ?? '';

describe('the pages', () => {
  test('are the files of the folder, each once, and no address that is taken', () => {
    const listed = GUIDE.flatMap(({ slugs }) => slugs);
    const files = readdirSync('docs/guide').map((name) => name.replace(/\.md$/, ''));
    expect([...listed].sort()).toEqual(files.sort());
    const taken = readdirSync('app/docs', { withFileTypes: true }).filter((entry) => entry.isDirectory());
    for (const { name } of taken) expect(pages.map(({ slug }) => slug)).not.toContain(name);
  });

  test('every link leads somewhere', () => {
    const broken = pages.flatMap(({ slug, markdown }) =>
      [...markdown.matchAll(/\]\((\/[^)#]*)?(#[^)]*)?\)/g)]
        .filter(([, path, hash]) => !leadsSomewhere(path ?? `/docs/${slug}`, hash))
        .map(([link]) => `${slug}: ${link}`),
    );
    expect(broken).toEqual([]);
    expect(leadsSomewhere('/docs/nothing', undefined)).toBe(false);
    expect(leadsSomewhere('/docs/quickstart', '#nothing')).toBe(false);
    expect(leadsSomewhere('/nothing', undefined)).toBe(false);
  });

  test('no address stands in them but this installation’s, and none is left to fill in', () => {
    for (const one of pages) {
      expect(one.markdown).not.toMatch(/api\.respan\.ai|platform\.respan\.ai/);
      expect(pageAsText(one, ORIGIN)).not.toContain('{{');
    }
    expect(pageAsText(pageOf('x', 'Start', '# X\n\nSee [limits](/docs/limits#sizes) of {{origin}}.\n'), ORIGIN)).toBe(
      `# X\n\nSee [limits](${ORIGIN}/docs/limits.md#sizes) of ${ORIGIN}.\n`,
    );
  });

  test('say which errors and parameters there are', () => {
    const documented = [...page('errors').matchAll(/^\| (\d{3}) \| ([^|]+) \|/gm)].flatMap(([, status, codes]) =>
      [...(codes ?? '').matchAll(/`(\w+)`/g)].map(([, code]) => `${status} ${code}`),
    );
    const real = Object.entries(GATEWAY_ERRORS).map(([code, { status }]) => `${status} ${code}`);
    expect(documented.filter((one) => !real.includes(one))).toEqual([]);
    const statuses = new Set(documented.map((one) => one.slice(0, 3)));
    expect(real.filter((one) => !statuses.has(one.slice(0, 3)))).toEqual([]);
    const named = new Set([...page('parameters').matchAll(/`(\w+)`/g)].map(([, name]) => name));
    const undocumented = [...HONOURED_PARAMS, ...KNOWN_PARAMS].filter((name) => !named.has(name));
    expect(undocumented).toEqual([]);
  });

  test('name only settings that exist', () => {
    const example = readFileSync('.env.example', 'utf8');
    const named = [...page('self-hosting').matchAll(/^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \|/gm)]
      .flatMap(([, names]) => names?.match(/[A-Z_]+/g) ?? [])
      .filter((name) => !new RegExp(`^${name}=`, 'm').test(example));
    expect(named).toEqual([]);
  });

  test('the reference has every operation, and its tables are whole', () => {
    const reference = page('api-reference');
    for (const path of [
      'POST /api/chat/completions',
      'GET /api/request-logs/list',
      'PATCH /api/users/{customerIdentifier}',
    ])
      expect(reference).toContain(path);
    expect(reference).toMatch(/\| `page_size` \| integer \| Default: `100`\. \|/);
    for (const row of reference.split('\n').filter((line) => line.startsWith('|')))
      expect(row.replaceAll('\\|', '').split('|').length).toBeGreaterThanOrEqual(4);
  });
});

/** A page of the documentation and a heading of it, or a page or route of the app. */
function leadsSomewhere(path: string, hash: string | undefined): boolean {
  const slug = /^\/docs\/([\w-]+?)(\.md)?$/.exec(path)?.[1];
  if (!slug) return routes().includes(path);
  const found = pages.find((one) => one.slug === slug);
  return Boolean(found && (!hash || outlineOf(found.markdown).some(({ id }) => `#${id}` === hash)));
}

function routes(): string[] {
  return readdirSync('app', { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /(^|\/)(page\.tsx|route\.ts)$/.test(name))
    .map((name) => `/${name.replace(/\/?(page\.tsx|route\.ts)$/, '').replace(/\([^)]+\)\//g, '')}`);
}

describe('the outline', () => {
  test('headings inside of code are none, and the same heading again has an id of its own', () => {
    const markdown = '# T\n\nText\n\n## One `x`\n\n```sh\n## no heading\n```\n\n### Sub\n\n## One x\n';
    expect(outlineOf(markdown)).toEqual([
      { depth: 2, text: 'One x', id: 'one-x' },
      { depth: 3, text: 'Sub', id: 'sub' },
      { depth: 2, text: 'One x', id: 'one-x-1' },
    ]);
    const id = headingIds();
    expect([id('POST /api/models'), id('¿Qué?')]).toEqual(['post-apimodels', 'qué']);
  });

  test('plain text has the words and not the marks', () => {
    expect(plainText('## A\n\n* **b** `c` [d](/e)\n\n| f | g |\n| --- | --- |\n| h | i |\n\n```ts\nj();\n```')).toBe(
      'A b c d f g h i j();',
    );
  });
});

describe('search', () => {
  const found = (query: string, max = 10) => searchPages(pages, query, max).map((hit) => hit.page.slug);

  test('finds what stands in the text alone, in its section', () => {
    const [hit] = searchPages(pages, 'retry_after', 1);
    expect(hit).toMatchObject({ page: { slug: 'routing' }, section: { id: 'retries' } });
    expect(hit?.snippet).toContain('retry_after');
  });

  test('a title counts more than the text, and the beginning of a word finds it', () => {
    expect(found('errors')[0]).toBe('errors');
    expect(found('log api')[0]).toBe('logging');
    expect(found('self-hosting')[0]).toBe('self-hosting');
    expect(found('credent')).toContain('byok');
  });

  test('answers at most so many, and nothing to words that are nowhere', () => {
    expect(found('api key', 2)).toHaveLength(2);
    expect(found('zzzyx')).toEqual([]);
    expect(found('a')).toEqual([]);
    expect(found('')).toEqual([]);
    expect(found('.*[(')).toEqual([]);
  });

  test('ordinary words do not drown the rare one', () => {
    expect(found('how do I use hedging in the gateway')[0]).toBe('routing');
  });
});

describe('the MCP server', () => {
  async function connected(): Promise<Client> {
    const [here, there] = InMemoryTransport.createLinkedPair();
    await docsServer(pages, ORIGIN).connect(there);
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(here);
    return client;
  }
  const call = async (name: string, given: Record<string, unknown>) => {
    const client = await connected();
    const result = await client.callTool({ name, arguments: given });
    await client.close();
    return { isError: result.isError ?? false, text: JSON.stringify(result.content) };
  };

  test('search_docs answers in the documented form, with an excerpt', async () => {
    const client = await connected();
    const { content } = await client.callTool({
      name: 'search_docs',
      arguments: { query: 'credential_override', max_results: 1 },
    });
    expect(content).toEqual([{ type: 'text', text: expect.any(String) }]);
    expect(JSON.stringify(content)).toMatch(
      /Found 1 result\(s\) for \\"credential_override\\":\\n\\n1\. \*\*[^*]+\*\*\\n {3}https:\/\/gate\.example\.com\/docs\/[\w#-]+\\n {3}\S.+\\n {3}> .*credential_override/,
    );
    const none = await call('search_docs', { query: 'zzzyx' });
    expect(none.text).toContain('No documentation pages found for \\"zzzyx\\". Try broader terms.');
  });

  test.each(['quickstart', '/docs/quickstart', `${ORIGIN}/docs/quickstart#x`, `${ORIGIN}/docs/quickstart.md`])(
    'get_page reads %s',
    async (asked) => {
      const { text, isError } = await call('get_page', { page: asked });
      expect(isError).toBe(false);
      expect(text).toContain('# Quickstart');
      expect(text).toContain(`${ORIGIN}/api/anthropic/v1/messages`);
    },
  );

  test('a page that is not there is an error that names those that are', async () => {
    const { text, isError } = await call('get_page', { page: '../../.env' });
    expect(isError).toBe(true);
    expect(text).toContain('quickstart, anthropic');
  });

  test.each([
    ['search_docs', {}],
    ['search_docs', { query: 'x'.repeat(501) }],
    ['search_docs', { query: 'x', max_results: 0 }],
    ['search_docs', { query: 'x', max_results: 51 }],
    ['get_page', { page: 7 }],
  ])('%s refuses %j', async (name, given) => {
    expect((await call(name, given)).isError).toBe(true);
  });

  test('every page is a resource', async () => {
    const client = await connected();
    const { resources } = await client.listResources();
    expect(resources.map(({ name }) => name)).toEqual(pages.map(({ slug }) => slug));
    const { contents } = await client.readResource({ uri: `${ORIGIN}/docs/costs` });
    expect(contents).toEqual([
      { uri: `${ORIGIN}/docs/costs`, mimeType: 'text/markdown', text: expect.stringContaining('# Costs') },
    ]);
  });
});

test('llms.txt lists every page, llms-full.txt has them', () => {
  const index = llmsIndex(pages, ORIGIN);
  const lines = index.match(/^- \[[^\]]+\]\(https:\/\/gate\.example\.com\/docs\/[\w-]+\.md\): .+$/gm) ?? [];
  expect(lines).toHaveLength(pages.length);
  const full = llmsFull(pages, ORIGIN);
  for (const { title } of pages) expect(full).toContain(`# ${title}\n`);
});
