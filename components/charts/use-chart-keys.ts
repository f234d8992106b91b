'use client';

import { type KeyboardEvent, useState } from 'react';

interface ChartKeysOptions {
  /** How many places there are to stand on. */
  count: number;
  label: string;
  /** What is at a place, in words. */
  textOf: (index: number) => string;
  onOpen?: ((index: number) => void) | undefined;
  /** How far the keys up and down go: to the next row of a grid. */
  rowLength?: number;
}

/** A chart as a slider: the arrow keys walk over it and say what is there, Enter opens it. */
export function useChartKeys({ count, label, textOf, onOpen, rowLength = 0 }: ChartKeysOptions) {
  const [index, setIndex] = useState<number | null>(null);
  const at = Math.min(index ?? count - 1, count - 1);
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter' && index !== null) return onOpen?.(at);
    if (event.key === 'Escape') return setIndex(null);
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -rowLength, ArrowDown: rowLength, Home: -count, End: count };
    const step = Object.entries(steps).find(([key]) => key === event.key)?.[1];
    if (step === undefined || step === 0) return;
    event.preventDefault();
    setIndex(Math.max(0, Math.min(count - 1, index === null ? at : at + step)));
  }
  return {
    index: index === null ? null : at,
    props: {
      role: 'slider',
      tabIndex: 0,
      'aria-label': label,
      'aria-valuemin': 0,
      'aria-valuemax': Math.max(0, count - 1),
      'aria-valuenow': Math.max(0, at),
      'aria-valuetext': count > 0 ? textOf(at) : 'Nothing',
      onKeyDown,
      onBlur: () => setIndex(null),
    },
  } as const;
}
