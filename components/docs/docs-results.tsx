import Link from 'next/link';
import type { DocsHit } from '@/lib/docs/schema';

/** What a search found, best first. */
export function DocsResults({ query, hits }: { query: string; hits: readonly DocsHit[] }) {
  return (
    <div className="mx-auto max-w-[800px]">
      <h1 className="font-medium text-2xl tracking-[-0.015em]">{query ? `Search: ${query}` : 'Search'}</h1>
      <p className="mt-2 text-base text-muted-foreground">{summary(query, hits.length)}</p>
      <ol className="mt-6 flex flex-col gap-2">
        {hits.map(({ page, section, snippet }) => (
          <li key={page.slug}>
            <Link
              href={`/docs/${page.slug}${section ? `#${section.id}` : ''}`}
              prefetch={false}
              className="block rounded-lg border bg-card px-4 py-3 transition-colors hover:bg-hover"
            >
              <span className="font-medium text-base">{page.title}</span>
              {section && <span className="text-base text-muted-foreground"> · {section.title}</span>}
              <span className="mt-1 block break-words text-muted-foreground text-sm">{snippet}</span>
            </Link>
          </li>
        ))}
      </ol>
    </div>
  );
}

function summary(query: string, count: number): string {
  if (!query) return 'Enter a few words above.';
  if (count === 0) return 'No page has these words. Try fewer or broader ones.';
  return count === 1 ? 'One page.' : `${count} pages, best first.`;
}
