'use client';

import { useRef, useState } from 'react';
import type { LogFilters } from '@/lib/logs/schema';
import { queryOf } from './use-logs';

export type ExportState =
  | { readonly at: 'rest' }
  | { readonly at: 'running'; readonly rows: number; readonly of: number | null }
  | { readonly at: 'done'; readonly rows: number }
  | { readonly at: 'failed'; readonly message: string };

const NEWLINE = 10;

/** Downloads the logs of an address as a file, counting its lines as they come. */
export function useExport(filters: LogFilters) {
  const [state, setState] = useState<ExportState>({ at: 'rest' });
  const abort = useRef<AbortController | null>(null);
  async function start(format: 'csv' | 'jsonl') {
    const controller = new AbortController();
    const { signal } = controller;
    abort.current = controller;
    setState({ at: 'running', rows: 0, of: null });
    try {
      const { older: _older, newer: _newer, ...rest } = filters;
      const response = await fetch(`/api/dashboard/logs/export${queryOf(rest, { format })}`, { signal });
      if (!response.ok || !response.body) throw new Error('The export could not be started. Try again.');
      const total = response.headers.get('x-log-count');
      const { parts, rows } = await received(response.body, format === 'csv' ? 1 : 0, (rows) =>
        setState({ at: 'running', rows, of: total === null ? null : Number(total) }),
      );
      save(new Blob(parts), `logs.${format}`);
      setState({ at: 'done', rows });
    } catch (error) {
      if (signal.aborted) return setState({ at: 'rest' });
      const message = error instanceof Error && error.message.startsWith('The export') ? error.message : LOST;
      setState({ at: 'failed', message });
    }
  }
  return { state, start, cancel: () => abort.current?.abort() };
}

const LOST = 'The connection was lost before the export was complete. Nothing was saved. Try again.';

async function received(body: ReadableStream<Uint8Array<ArrayBuffer>>, head: number, onRows: (rows: number) => void) {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let lines = -head;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { parts, rows: Math.max(0, lines) };
    parts.push(value);
    for (const byte of value) if (byte === NEWLINE) lines += 1;
    onRows(Math.max(0, lines));
  }
}

function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
