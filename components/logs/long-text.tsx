'use client';

import { useState } from 'react';
import { formatCount } from '@/lib/format';
import { cn } from '../ui/cn';
import { Markdown } from './markdown';

const SHOWN = 2400;

interface LongTextProps {
  text: string;
  quiet?: boolean;
  /** It is a model's, and so written as markdown. */
  markdown?: boolean;
}

/** Text as it was written, or as it was meant. Past a screenful it is folded, so that a long prompt does not bury the reply. */
export function LongText({ text, quiet = false, markdown = false }: LongTextProps) {
  const [open, setOpen] = useState(false);
  const long = text.length > SHOWN * 1.25;
  const shown = long && !open ? `${text.slice(0, SHOWN)}…` : text;
  return (
    <div>
      {markdown ? (
        <Markdown text={shown} />
      ) : (
        <p className={cn('whitespace-pre-wrap break-words text-base', quiet && 'text-muted-foreground text-sm')}>
          {shown}
        </p>
      )}
      {long && (
        <button type="button" className="mt-1 text-accent text-xs hover:underline" onClick={() => setOpen(!open)}>
          {open ? 'Show less' : `Show all ${formatCount(text.length)} characters`}
        </button>
      )}
    </div>
  );
}
