import { cn } from '@/components/ui/cn';
import type { DocsHeading } from '@/lib/docs/schema';

export function OnThisPage({ headings }: { headings: readonly DocsHeading[] }) {
  if (headings.length === 0) return null;
  return (
    <nav aria-label="On this page" className="text-xs">
      <p className="pb-2 font-medium">On this page</p>
      <ul className="flex flex-col gap-1.5 border-l pl-3">
        {headings.map(({ id, text, depth }) => (
          <li key={id} className={cn(depth === 3 && 'pl-3')}>
            <a href={`#${id}`} className="break-words rounded-sm text-muted-foreground hover:text-foreground">
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
