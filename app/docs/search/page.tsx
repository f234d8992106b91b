import type { Metadata } from 'next';
import { docsPages } from '@/app/docs/library';
import { publicOrigin } from '@/app/origin';
import { DocsFrame } from '@/components/docs/docs-frame';
import { DocsResults } from '@/components/docs/docs-results';
import { fill } from '@/lib/docs/fill';
import { searchPages } from '@/lib/docs/search';

export const metadata: Metadata = { title: 'Search · Docs' };

const QUERY_MAX = 200;

interface SearchPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function Page({ searchParams }: SearchPageProps) {
  const [{ q }, pages, origin] = await Promise.all([searchParams, docsPages(), publicOrigin()]);
  const query = typeof q === 'string' ? q.trim().slice(0, QUERY_MAX) : '';
  const hits = searchPages(pages, query, 20).map((hit) => ({ ...hit, snippet: fill(hit.snippet, origin) }));
  return (
    <DocsFrame pages={pages} current={null} query={query}>
      <DocsResults query={query} hits={hits} />
    </DocsFrame>
  );
}
