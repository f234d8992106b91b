'use client';

import { ArrowDown, ArrowUp, Columns3 } from 'lucide-react';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/checkbox';
import { Popover, PopoverContent, PopoverTrigger } from '../ui/popover';
import type { useColumnLayout } from './column-layout';

/** Which columns the table shows, and in which order. Each person's own. */
export function ColumnMenu({ layout }: { layout: ReturnType<typeof useColumnLayout> }) {
  const { all, show, move, reset, changed } = layout;
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button variant="ghost" size="sm" className="text-muted-foreground max-md:hidden">
          <Columns3 aria-hidden />
          Columns
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" className="w-64 p-1.5" aria-label="Columns">
        <ul className="max-h-96 overflow-y-auto">
          {all.map((column, index) => (
            <li key={column.id} className="group flex h-8 items-center gap-2 rounded-md px-2 hover:bg-hover">
              <label htmlFor={`column-${column.id}`} className="flex min-w-0 flex-1 items-center gap-2">
                <Checkbox
                  id={`column-${column.id}`}
                  checked={column.shown}
                  onCheckedChange={(checked) => show(column.id, checked === true)}
                />
                <span className="truncate">{column.label}</span>
              </label>
              <Step label={`Move ${column.label} up`} onClick={() => move(column.id, all[index - 1]?.id ?? '')}>
                {index > 0 && <ArrowUp aria-hidden />}
              </Step>
              <Step label={`Move ${column.label} down`} onClick={() => move(column.id, all[index + 1]?.id ?? '')}>
                {index < all.length - 1 && <ArrowDown aria-hidden />}
              </Step>
            </li>
          ))}
        </ul>
        <div className="mt-1 flex items-center justify-between border-t px-2 pt-1.5 text-muted-foreground text-xs">
          <span>Drag the edge of a heading to resize.</span>
          {changed && (
            <Button size="sm" variant="ghost" onClick={reset}>
              Reset
            </Button>
          )}
        </div>
      </PopoverContent>
    </Popover>
  );
}

function Step({ label, onClick, children }: { label: string; onClick: () => void; children: React.ReactNode }) {
  if (!children) return <span className="size-6" />;
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onClick}
      className="grid size-6 place-items-center rounded-sm text-muted-foreground hover:bg-muted hover:text-foreground [&_svg]:size-3.5"
    >
      {children}
    </button>
  );
}
