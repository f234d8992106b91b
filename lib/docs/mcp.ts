import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { fill, pageAsText } from './fill';
import type { DocsHit, DocsPage } from './schema';
import { searchPages } from './search';

const READ_ONLY = { readOnlyHint: true, openWorldHint: false };

/** The documentation for agents: two tools, and each page as a resource. @param origin without a trailing slash */
export function docsServer(pages: readonly DocsPage[], origin: string): McpServer {
  const server = new McpServer(
    { name: 'respan-docs', version: '1.0.0' },
    { instructions: 'How to call Respan, an LLM gateway, at this installation. Search first, then read the page.' },
  );
  server.registerTool(
    'search_docs',
    {
      title: 'Search the documentation',
      description:
        'Searches the full text of the Respan documentation. Answers with pages, their addresses and excerpts.',
      inputSchema: {
        query: z.string().max(500).describe('A few words to look for'),
        max_results: z.number().int().min(1).max(50).default(10).describe('At most so many pages'),
      },
      annotations: READ_ONLY,
    },
    ({ query, max_results }) => text(resultsAsText(query, searchPages(pages, query, max_results), origin)),
  );
  server.registerTool(
    'get_page',
    {
      title: 'Read a page',
      description: 'Answers one page of the Respan documentation as markdown.',
      inputSchema: { page: z.string().max(500).describe('Its name, such as "quickstart", or its address') },
      annotations: READ_ONLY,
    },
    ({ page: asked }) => {
      const page = pages.find(({ slug }) => slug === slugOf(asked));
      if (page) return text(pageAsText(page, origin));
      const names = pages.map(({ slug }) => slug).join(', ');
      return { ...text(`There is no page "${asked}". The pages are: ${names}.`), isError: true };
    },
  );
  for (const page of pages) {
    const uri = `${origin}/docs/${page.slug}`;
    const about = { title: page.title, description: fill(page.description, origin), mimeType: 'text/markdown' };
    server.registerResource(page.slug, uri, about, () => ({
      contents: [{ uri, mimeType: 'text/markdown', text: pageAsText(page, origin) }],
    }));
  }
  return server;
}

function text(content: string) {
  return { content: [{ type: 'text' as const, text: content }] };
}

/** The form that clients of the hosted server read, with an excerpt beneath each page. */
function resultsAsText(query: string, hits: readonly DocsHit[], origin: string): string {
  if (hits.length === 0) return `No documentation pages found for "${query}". Try broader terms.`;
  const results = hits.map(({ page, section, snippet }, index) => {
    const excerpt = `${section ? `${section.title}: ` : ''}${fill(snippet, origin)}`;
    const address = `${origin}/docs/${page.slug}${section ? `#${section.id}` : ''}`;
    return `${index + 1}. **${page.title}**\n   ${address}\n   ${fill(page.description, origin)}\n   > ${excerpt}`;
  });
  return `Found ${hits.length} result(s) for "${query}":\n\n${results.join('\n\n')}`;
}

/** Of a page's name, path or whole address, with .md or without. */
function slugOf(asked: string): string {
  const path = asked
    .trim()
    .replace(/[?#].*$/, '')
    .replace(/\/$/, '');
  return (path.split('/').at(-1) ?? '').replace(/\.mdx?$/, '');
}
