'use client';

import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { cn } from '../ui/cn';
import type { useColumnLayout } from './column-layout';

const STEP_PX = 16;
const MEDIA_TYPE = 'application/x-respan-column';

type Layout = ReturnType<typeof useColumnLayout>;

/** Headings: dragged onto another one they change places, dragged at their edge their width. */
export function LogTableHead({ layout }: { layout: Layout }) {
  const [over, setOver] = useState<string | null>(null);
  const sheer = layout.columns.every(({ width }) => width !== null);
  return (
    <thead className="sticky top-0 z-10 bg-card text-left text-muted-foreground text-xs">
      <tr className="h-8 shadow-[inset_0_-1px_var(--border)]">
        {layout.columns.map((column) => (
          <th
            key={column.id}
            scope="col"
            title={column.title}
            style={{ width: column.width ?? undefined }}
            draggable
            onDragStart={(event) => event.dataTransfer.setData(MEDIA_TYPE, column.id)}
            onDragOver={(event) => {
              if (!event.dataTransfer.types.includes(MEDIA_TYPE)) return;
              event.preventDefault();
              setOver(column.id);
            }}
            onDragLeave={() => setOver(null)}
            onDrop={(event) => {
              setOver(null);
              const dragged = event.dataTransfer.getData(MEDIA_TYPE);
              if (dragged && dragged !== column.id) layout.move(dragged, column.id);
            }}
            className={cn(
              'relative select-none whitespace-nowrap px-3 font-medium first:pl-4',
              column.numeric && 'text-right',
              over === column.id && 'bg-accent-surface',
            )}
          >
            <span className="block truncate">{column.label}</span>
            <Edge label={column.label} width={column.width} onResize={(width) => layout.resize(column.id, width)} />
          </th>
        ))}
        {sheer && <th aria-hidden className="min-w-0" />}
      </tr>
    </thead>
  );
}

interface EdgeProps {
  label: string;
  width: number | null;
  /** Null gives the column its first width back. */
  onResize: (width: number | null) => void;
}

function Edge({ label, width, onResize }: EdgeProps) {
  const current = (element: HTMLElement) => element.parentElement?.getBoundingClientRect().width ?? width ?? 0;
  function drag(event: PointerEvent<HTMLElement>) {
    event.preventDefault();
    const handle = event.currentTarget;
    const start = { x: event.clientX, width: current(handle) };
    handle.setPointerCapture(event.pointerId);
    handle.onpointermove = (move) => onResize(start.width + move.clientX - start.x);
    handle.onpointerup = () => {
      handle.onpointermove = null;
    };
  }
  function step(event: KeyboardEvent<HTMLElement>) {
    const by = { ArrowLeft: -STEP_PX, ArrowRight: STEP_PX }[event.key];
    if (!by) return;
    event.preventDefault();
    onResize(current(event.currentTarget) + by);
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule can't be dragged or focused.
    <span
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={`Width of ${label}`}
      aria-valuenow={width ?? 0}
      draggable={false}
      onDragStart={(event) => event.preventDefault()}
      onPointerDown={drag}
      onDoubleClick={() => onResize(null)}
      onKeyDown={step}
      title="Drag to resize, double-click to reset"
      className="absolute inset-y-1.5 -right-1 z-10 w-2 cursor-col-resize touch-none rounded-sm after:absolute after:inset-y-0 after:left-1/2 after:w-px after:bg-border hover:after:bg-border-strong focus-visible:outline-2 focus-visible:outline-ring"
    />
  );
}
