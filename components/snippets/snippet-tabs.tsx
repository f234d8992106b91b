'use client';

import { useState } from 'react';
import { CodeBlock } from '@/components/ui/code-block';
import { SegmentedControl } from '@/components/ui/segmented-control';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs';
import { useRememberedLanguage } from './remembered-language';
import type { Snippet } from './snippet';
import { type SnippetInput, snippets } from './snippets';

/** How to call this installation, per SDK, filled in and ready to be copied. */
export function SnippetTabs(input: SnippetInput) {
  return <SnippetSet snippets={snippets(input)} />;
}

/** Any calls in several languages, one at a time. The first one, curl, is open. */
export function SnippetSet({ snippets: all }: { snippets: readonly Snippet[] }) {
  const [open, setOpen] = useState<string>('curl');
  return (
    <Tabs value={open} onValueChange={setOpen}>
      <TabsList aria-label="Way to call">
        {all.map((snippet) => (
          <TabsTrigger key={snippet.id} value={snippet.id}>
            {snippet.label}
          </TabsTrigger>
        ))}
      </TabsList>
      {all.map((snippet) => (
        <TabsContent key={snippet.id} value={snippet.id} className="pt-3">
          <SnippetCode snippet={snippet} />
        </TabsContent>
      ))}
    </Tabs>
  );
}

function SnippetCode({ snippet }: { snippet: Snippet }) {
  const [remembered, remember] = useRememberedLanguage();
  const variant = snippet.variants.find(({ language }) => language === remembered) ?? snippet.variants[0];
  if (!variant) return null;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1 text-muted-foreground text-xs">
        {snippet.variants.length > 1 && (
          <SegmentedControl
            aria-label={`Language of the ${snippet.label} example`}
            options={snippet.variants.map(({ language }) => ({ value: language, label: language }))}
            value={variant.language}
            onValueChange={remember}
          />
        )}
        <span>{variant.note}</span>
      </div>
      <CodeBlock code={variant.code} />
    </div>
  );
}
