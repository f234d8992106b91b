'use client';

import { useState } from 'react';
import { CodeBlock } from '../ui/code-block';
import { SegmentedControl } from '../ui/segmented-control';

const VIEWS = [
  { value: 'formatted', label: 'Formatted' },
  { value: 'raw', label: 'Raw' },
] as const;

interface RawBodyProps {
  title: string;
  body: string;
  /** Only the beginning is here. */
  cut: boolean;
}

/** A body, indented where it is JSON, or to the letter. */
export function RawBody({ title, body, cut }: RawBodyProps) {
  const [view, setView] = useState<(typeof VIEWS)[number]['value']>('formatted');
  const formatted = cut ? null : indented(body);
  return (
    <>
      <div className="mb-2 flex h-7 items-center justify-between">
        <h3 className="font-medium text-sm">{title}</h3>
        {formatted !== null && (
          <SegmentedControl
            aria-label={`${title} shown`}
            options={VIEWS}
            value={view}
            onValueChange={setView}
            className="h-7"
          />
        )}
      </div>
      <CodeBlock code={view === 'formatted' && formatted !== null ? formatted : body} copyValue={body} wrap />
    </>
  );
}

/** Null for what is not JSON. */
function indented(body: string): string | null {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return null;
  }
}
