'use client';

import { useState } from 'react';
import { formatCount } from '@/lib/format';
import { cn } from '../ui/cn';

const SHOWN = 2400;

/** Text as it was written. Past a screenful it is folded, so that a long prompt does not bury the reply. */
export function LongText({ text, quiet = false }: { text: string; quiet?: boolean }) {
  const [open, setOpen] = useState(false);
  const long = text.length > SHOWN * 1.25;
  return (
    <div>
      <p className={cn('whitespace-pre-wrap break-words text-base', quiet && 'text-muted-foreground text-sm')}>
        {long && !open ? `${text.slice(0, SHOWN)}…` : text}
      </p>
      {long && (
        <button type="button" className="mt-1 text-accent text-xs hover:underline" onClick={() => setOpen(!open)}>
          {open ? 'Show less' : `Show all ${formatCount(text.length)} characters`}
        </button>
      )}
    </div>
  );
}
