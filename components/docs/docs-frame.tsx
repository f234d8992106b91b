import { Menu } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Brand } from '@/components/layout/brand';
import { SkipLink } from '@/components/layout/skip-link';
import { Button } from '@/components/ui/button';
import { DocsNav, type DocsNavPage } from './docs-nav';
import { DocsSearch } from './docs-search';

interface DocsFrameProps {
  pages: readonly DocsNavPage[];
  /** The page that is open; null on the search. */
  current: string | null;
  /** What was searched for. */
  query?: string;
  /** Beside the page, on wide screens. */
  aside?: ReactNode;
  children: ReactNode;
}

/** Navigation, page, and what is on this page. */
export function DocsFrame({ pages, current, query, aside, children }: DocsFrameProps) {
  return (
    <div className="min-h-dvh">
      <SkipLink />
      <header className="sticky top-0 z-20 border-b bg-background">
        <div className="mx-auto flex h-14 max-w-[1360px] items-center gap-4 px-6 max-md:gap-2 max-md:px-4">
          <Link href="/docs" aria-label="Respan documentation" className="flex items-center gap-2 rounded-md">
            <Brand />
            <span className="text-base text-muted-foreground max-md:hidden">Docs</span>
          </Link>
          <div className="ml-auto w-full max-w-72">
            <DocsSearch query={query} />
          </div>
          <Button asChild variant="secondary">
            <Link href="/dashboard" prefetch={false}>
              Dashboard
            </Link>
          </Button>
        </div>
      </header>
      <div className="mx-auto flex max-w-[1360px] max-md:flex-col">
        <div className="sticky top-14 h-[calc(100dvh-56px)] w-56 shrink-0 overflow-y-auto border-r py-6 pr-3 pl-3.5 max-md:hidden">
          <DocsNav pages={pages} current={current} label="Documentation" />
        </div>
        <details className="group border-b md:hidden">
          <summary className="flex h-11 list-none items-center gap-2 px-4 font-medium text-sm [&::-webkit-details-marker]:hidden">
            <Menu aria-hidden className="size-4" /> All pages
          </summary>
          <div className="px-2 pb-4">
            <DocsNav pages={pages} current={current} label="All pages" />
          </div>
        </details>
        <main
          id="main"
          tabIndex={-1}
          className="min-w-0 flex-1 px-10 py-8 outline-none max-lg:px-6 max-md:px-4 max-md:py-6"
        >
          {children}
        </main>
        {aside && (
          <div className="sticky top-14 h-[calc(100dvh-56px)] w-60 shrink-0 overflow-y-auto py-8 pr-6 max-xl:hidden">
            {aside}
          </div>
        )}
      </div>
    </div>
  );
}
