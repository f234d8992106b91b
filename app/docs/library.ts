import { openApiDocument } from '@/app/api/openapi.json/document';
import { guidePages } from '@/lib/docs/guide';
import { referencePage } from '@/lib/docs/reference';
import type { DocsPage } from '@/lib/docs/schema';

let pages: Promise<readonly DocsPage[]> | null = null;

/** Every page of the documentation, in the order of the navigation. The same list every time, so that it is indexed once. */
export function docsPages(): Promise<readonly DocsPage[]> {
  pages ??= guidePages().then((guide) => [...guide, referencePage(openApiDocument())]);
  return pages;
}
