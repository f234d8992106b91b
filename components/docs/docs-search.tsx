import { Search } from 'lucide-react';
import { Input } from '@/components/ui/input';

/** A form like any other: it works before a script has arrived. */
export function DocsSearch({ query }: { query?: string }) {
  return (
    <search>
      <form action="/docs/search" className="relative">
        <Search
          aria-hidden
          className="pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-muted-foreground"
        />
        <Input
          type="search"
          name="q"
          defaultValue={query}
          required
          maxLength={200}
          placeholder="Search"
          aria-label="Search the documentation"
          className="pl-8"
        />
      </form>
    </search>
  );
}
