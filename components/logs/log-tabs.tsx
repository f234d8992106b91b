'use client';

import type { ReactNode } from 'react';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '../ui/tabs';
import { useSearch } from '../ui/use-search';

interface LogTabsProps {
  tabs: readonly { value: string; label: string; content: ReactNode }[];
}

/** The tabs of a log; which one is open is in the address. */
export function LogTabs({ tabs }: LogTabsProps) {
  const { search, setSearch } = useSearch();
  const first = tabs[0]?.value ?? '';
  const open = tabs.find(({ value }) => value === search.tab)?.value ?? first;
  return (
    <Tabs
      value={open}
      onValueChange={(tab) => setSearch({ tab: tab === first ? null : tab }, { replace: true })}
      className="min-w-0"
    >
      <TabsList>
        {tabs.map(({ value, label }) => (
          <TabsTrigger key={value} value={value}>
            {label}
          </TabsTrigger>
        ))}
      </TabsList>
      {tabs.map(({ value, content }) => (
        <TabsContent key={value} value={value}>
          {content}
        </TabsContent>
      ))}
    </Tabs>
  );
}
