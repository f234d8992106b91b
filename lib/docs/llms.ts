import { fill, pageAsText } from './fill';
import type { DocsPage } from './schema';

/** What there is to read, as https://llmstxt.org asks for it. */
export function llmsIndex(pages: readonly DocsPage[], origin: string): string {
  const groups = [...new Set(pages.map(({ group }) => group))];
  const sections = groups.map((group) => {
    const lines = pages
      .filter((page) => page.group === group)
      .map(({ title, slug, description }) => `- [${title}](${origin}/docs/${slug}.md): ${fill(description, origin)}`);
    return `## ${group}\n\n${lines.join('\n')}\n`;
  });
  return `# Respan\n\n> An LLM gateway and its dashboard at ${origin}. Every request untouched, logged and priced.\n\n${sections.join('\n')}`;
}

/** Every page, one after the other. */
export function llmsFull(pages: readonly DocsPage[], origin: string): string {
  return pages.map((page) => `${pageAsText(page, origin).trim()}\n`).join('\n---\n\n');
}
