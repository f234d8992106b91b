import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';

interface FoldedSectionProps {
  title: string;
  /** What is set inside, for when it is folded. */
  summary: ReactNode;
  children: ReactNode;
}

export function FoldedSection({ title, summary, children }: FoldedSectionProps) {
  return (
    <details className="group rounded-lg border bg-card">
      <summary className="flex h-10 cursor-pointer list-none items-center gap-2 px-3 text-sm [&::-webkit-details-marker]:hidden">
        <ChevronRight
          className="size-4 shrink-0 text-muted-foreground transition-transform group-open:rotate-90"
          aria-hidden
        />
        <span className="shrink-0 font-medium">{title}</span>
        <span className="min-w-0 truncate text-muted-foreground text-xs">{summary}</span>
      </summary>
      <div className="flex flex-col gap-3 border-t p-3">{children}</div>
    </details>
  );
}
