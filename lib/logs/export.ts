import { resolveEnvironment } from '@/lib/analytics/environment';
import type { Context } from '@/lib/auth/context';
import { csvHead, csvLine, jsonLine } from './export-lines';
import { countLogs } from './filters/find';
import { queryOf } from './filters/period';
import { finder, readRows } from './queries';
import type { LogFilters, LogRow } from './schema';

export type ExportFormat = 'csv' | 'jsonl';

const BATCH_ROWS = 500;
/** Counted no further, so that an export begins at once. */
const COUNTED_ROWS = 100_000;

export interface LogExport {
  /** How many rows there will be; null where that is not known beforehand: more than 100,000, or a search. */
  readonly count: number | null;
  readonly body: ReadableStream<Uint8Array>;
}

/**
 * Every log of an address, newest first, as a file. Read in batches by id as the receiver takes them, so that memory does not
 * grow with the logs, no transaction stays open behind a slow download, and what arrives meanwhile is left out.
 */
export async function exportLogs(
  ctx: Context,
  filters: LogFilters,
  format: ExportFormat,
  now = new Date(),
): Promise<LogExport> {
  const { environment } = await resolveEnvironment(ctx, filters.environment);
  const query = queryOf(filters, environment, now);
  const counted = filters.q ? null : await countLogs(ctx, query, COUNTED_ROWS + 1);
  const batches = batchesOf(ctx, filters, environment, now);
  const encoder = new TextEncoder();
  const line = format === 'csv' ? csvLine : jsonLine;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      // A byte order mark tells spreadsheets that this is UTF-8.
      if (format === 'csv') controller.enqueue(encoder.encode(`\uFEFF${csvHead()}`));
    },
    async pull(controller) {
      const { value, done } = await batches.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value.map(line).join('')));
    },
    async cancel() {
      await batches.return(undefined);
    },
  });
  return { count: counted !== null && counted <= COUNTED_ROWS ? counted : null, body };
}

async function* batchesOf(
  ctx: Context,
  filters: LogFilters,
  environment: LogRow['environment'],
  now: Date,
): AsyncGenerator<LogRow[], undefined> {
  const find = finder(ctx, filters, queryOf(filters, environment, now));
  for (let from: string | null = null; ; ) {
    const { ids, next } = await find({ direction: 'older', from, limit: BATCH_ROWS });
    if (ids.length > 0) yield await readRows(ctx, ids);
    if (ids.length < BATCH_ROWS && next === null) return undefined;
    from = next ?? ids.at(-1) ?? null;
  }
}
