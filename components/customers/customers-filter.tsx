'use client';

import { Search } from 'lucide-react';
import { usePathname, useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { Input } from '@/components/ui/input';
import { SegmentedControl } from '@/components/ui/segmented-control';
import { withSearch } from '@/components/ui/use-search';
import type { CustomerFilters } from '@/lib/customers/schema';

const RANGES = [
  { value: '24h', label: '24 h', title: 'The last 24 hours' },
  { value: '7d', label: '7 d', title: 'The last 7 days' },
  { value: '30d', label: '30 d', title: 'The last 30 days' },
  { value: '90d', label: '90 d', title: 'The last 90 days' },
] as const;
const ENVIRONMENTS = [
  { value: 'production', label: 'Production' },
  { value: 'test', label: 'Test' },
] as const;

interface CustomersFilterProps {
  filters: CustomerFilters;
  environment: 'production' | 'test';
}

/** Environment and range, which go along from page to page. */
export function CustomersFilter({ filters, environment }: CustomersFilterProps) {
  const go = useAddress(filters);
  return (
    <>
      <SegmentedControl
        aria-label="Environment"
        options={ENVIRONMENTS}
        value={environment}
        onValueChange={(value) => go({ environment: value, page: null })}
      />
      <SegmentedControl
        aria-label="Range"
        options={RANGES}
        value={filters.range}
        onValueChange={(range) => go({ range, page: null })}
      />
    </>
  );
}

export function CustomerSearch({ filters }: { filters: CustomerFilters }) {
  const go = useAddress(filters);
  const [text, setText] = useState(filters.q ?? '');
  const [pending, startTransition] = useTransition();
  return (
    <search aria-busy={pending || undefined} className="relative w-72 max-w-full">
      <Search
        className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-2.5 size-3.5 text-muted-foreground"
        aria-hidden
      />
      <Input
        aria-label="Search customers"
        type="search"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          startTransition(() => go({ q: event.target.value.trim() || null, page: null }));
        }}
        placeholder="Identifier, name or email"
        autoComplete="off"
        className="pl-8"
      />
    </search>
  );
}

function useAddress(filters: CustomerFilters) {
  const router = useRouter();
  const pathname = usePathname();
  const current = Object.fromEntries(
    Object.entries(filters).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
  return (patch: Record<string, string | null>) =>
    router.replace(`${pathname}${withSearch(current, patch)}`, { scroll: false });
}
