import type { GatewayPorts } from '@/lib/gateway/ports';
import { type JournalCounters, openJournal } from './journal';
import { startLogWriter } from './writer';

export interface LogStore {
  readonly journal: GatewayPorts['journal'];
  /**
   * Resolves when everything that was settled before is in the database.
   * @throws AppError unavailable after the time; what is left stays in the journal
   */
  flush(timeoutMs?: number): Promise<void>;
  /** Writes what it can in the time and lets go; the rest is written after the next start. Never throws. */
  close(timeoutMs?: number): Promise<void>;
  counters(): JournalCounters;
}

/**
 * Where every log goes: a local journal, and a writer that moves it to the database. What an earlier process left in the
 * journal is taken over.
 * @param options.dir the journal's folder, shared by the processes of one machine
 */
export async function openLogStore(options: {
  databaseUrl: string;
  dir: string;
  report: (message: string, error?: unknown) => void;
}): Promise<LogStore> {
  const { databaseUrl, dir, report } = options;
  const journal = await openJournal({ dir, report });
  const writer = startLogWriter({ databaseUrl, journal, onReport: report });
  return {
    journal,
    flush: (timeoutMs) => writer.flush(timeoutMs),
    counters: () => journal.counters(),
    async close(timeoutMs) {
      await writer.flush(timeoutMs).catch((error) => report('Some logs could not be written before the end.', error));
      await writer.close();
      await journal.close().catch((error) => report('The journal could not be closed in order.', error));
    },
  };
}
