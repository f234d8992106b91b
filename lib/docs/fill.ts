import type { DocsPage } from './schema';

/** A page with this installation's own address in its samples. @param origin without a trailing slash */
export function fillPage(page: DocsPage, origin: string): DocsPage {
  return { ...page, description: fill(page.description, origin), markdown: fill(page.markdown, origin) };
}

export function fill(text: string, origin: string): string {
  return text.replaceAll('{{origin}}', origin);
}

/** A page as text for programs: links lead to the whole address, and to other pages as text. */
export function pageAsText(page: DocsPage, origin: string): string {
  return fill(page.markdown, origin).replace(
    /\]\((\/[^)#\s]*)(#[^)\s]*)?\)/g,
    (_, path: string, hash = '') => `](${origin}${/^\/docs\/[\w-]+$/.test(path) ? `${path}.md` : path}${hash})`,
  );
}
