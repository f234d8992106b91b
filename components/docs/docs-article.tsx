import { ArrowLeft, ArrowRight, FileText } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import type { DocsHeading, DocsPage } from '@/lib/docs/schema';
import { DocsMarkdown } from './docs-markdown';
import type { DocsNavPage } from './docs-nav';

interface DocsArticleProps {
  page: DocsPage;
  headings: readonly DocsHeading[];
  /** What "Copy as markdown" copies. */
  text: string;
  previous: DocsNavPage | null;
  next: DocsNavPage | null;
  /** What this page can do beside being read. */
  extra?: ReactNode;
}

export function DocsArticle({ page, headings, text, previous, next, extra }: DocsArticleProps) {
  return (
    <article className="mx-auto max-w-[800px]">
      <div className="mb-5 flex flex-wrap gap-2">
        <CopyButton value={text} label="Copy as markdown" size="sm" variant="secondary" />
        <Button asChild variant="ghost" size="sm" className="text-muted-foreground">
          <a href={`/docs/${page.slug}.md`}>
            <FileText aria-hidden /> View as markdown
          </a>
        </Button>
      </div>
      <DocsMarkdown markdown={page.markdown} headings={headings} />
      {extra}
      <nav aria-label="Next and previous page" className="mt-12 flex justify-between gap-4 border-t pt-5">
        {previous ? <Neighbour page={previous} direction="previous" /> : <span />}
        {next && <Neighbour page={next} direction="next" />}
      </nav>
    </article>
  );
}

function Neighbour({ page, direction }: { page: DocsNavPage; direction: 'previous' | 'next' }) {
  return (
    <Button asChild variant="ghost">
      <Link href={`/docs/${page.slug}`} prefetch={false} rel={direction === 'next' ? 'next' : 'prev'}>
        {direction === 'previous' && <ArrowLeft aria-hidden />}
        {page.title}
        {direction === 'next' && <ArrowRight aria-hidden />}
      </Link>
    </Button>
  );
}
