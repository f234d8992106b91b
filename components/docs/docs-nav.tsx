import Link from 'next/link';
import { cn } from '@/components/ui/cn';
import type { DocsPage } from '@/lib/docs/schema';

export type DocsNavPage = Pick<DocsPage, 'slug' | 'title' | 'group'>;

interface DocsNavProps {
  pages: readonly DocsNavPage[];
  current: string | null;
  label: string;
}

/** Every page, in groups. */
export function DocsNav({ pages, current, label }: DocsNavProps) {
  const groups = [...new Set(pages.map(({ group }) => group))];
  return (
    <nav aria-label={label} className="flex flex-col gap-5">
      {groups.map((group) => (
        <div key={group}>
          <p className="px-2.5 pb-1 text-muted-foreground text-xs">{group}</p>
          <ul className="flex flex-col gap-0.5">
            {pages
              .filter((page) => page.group === group)
              .map(({ slug, title }) => (
                <li key={slug}>
                  <Link
                    href={`/docs/${slug}`}
                    prefetch={false}
                    aria-current={slug === current ? 'page' : undefined}
                    className={cn(
                      'flex h-8 items-center rounded-md px-2.5 font-medium text-sm transition-colors focus-visible:outline-offset-0 max-md:h-10',
                      slug === current
                        ? 'bg-nav-current text-foreground'
                        : 'text-muted-foreground hover:bg-hover hover:text-foreground',
                    )}
                  >
                    {title}
                  </Link>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
