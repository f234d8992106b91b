'use client';

import type { VirtualItem } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import type { LogRow } from '@/lib/logs/schema';

/** So many rows before an end, more are asked for. */
const NEAR_ROWS = 20;
const AT_TOP_PX = 8;

interface GrowingList {
  rows: readonly LogRow[];
  rowPx: number;
  scroller: RefObject<HTMLDivElement | null>;
  selected: string | null;
  items: readonly VirtualItem[];
  onOlder: (() => void) | null;
  onNewer: (() => void) | null;
}

/** Asks for more at the end that comes near, keeps in place what is read when rows come in above it, and the open row in sight. */
export function useGrowingList({ rows, rowPx, scroller, selected, items, onOlder, onNewer }: GrowingList): void {
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (onOlder && last >= rows.length - NEAR_ROWS) onOlder();
  }, [onOlder, last, rows.length]);
  useEffect(() => {
    if (onNewer && first <= NEAR_ROWS) onNewer();
  }, [onNewer, first]);

  const before = useRef(rows);
  useLayoutEffect(() => {
    const anchor = before.current[0]?.id;
    before.current = rows;
    const added = anchor ? rows.findIndex((row) => row.id === anchor) : 0;
    const element = scroller.current;
    if (added > 0 && element && element.scrollTop > AT_TOP_PX) element.scrollTop += added * rowPx;
  }, [rows, rowPx, scroller]);

  const opened = useRef(selected);
  useEffect(() => {
    if (opened.current === selected) return;
    opened.current = selected;
    if (selected)
      bringIntoSight(
        scroller.current,
        rows.findIndex(({ id }) => id === selected),
        rowPx,
      );
  }, [selected, rows, rowPx, scroller]);
}

/** With the heading above it and a row beneath it free. */
function bringIntoSight(element: HTMLDivElement | null, index: number, rowPx: number): void {
  if (!element || index < 0) return;
  const top = index * rowPx;
  const bottom = top + 3 * rowPx;
  if (top < element.scrollTop + rowPx) element.scrollTop = Math.max(0, top - rowPx);
  else if (bottom > element.scrollTop + element.clientHeight) element.scrollTop = bottom - element.clientHeight;
}
