/** Journals in a folder of their own for each test. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { LogRecord } from '@/lib/gateway/log-record';
import { type Journal, type JournalOptions, openJournal } from './journal';
import { logRecord } from './testing';

export const ALL = { rows: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY };

export class Journals {
  dir = '';
  readonly reports: string[] = [];
  readonly #open: Journal[] = [];

  constructor() {
    beforeEach(async () => {
      this.dir = await mkdtemp(join(tmpdir(), 'respan-journal-'));
      this.reports.length = 0;
    });
    afterEach(async () => {
      for (const journal of this.#open.splice(0)) await journal.close();
      await rm(this.dir, { recursive: true });
    });
  }

  async start(options: Partial<JournalOptions> = {}): Promise<Journal> {
    const report = (message: string) => this.reports.push(message);
    const journal = await openJournal({ dir: this.dir, report, ...options });
    this.#open.push(journal);
    return journal;
  }

  /** From now on nobody looks after its folder. */
  async end(journal: Journal): Promise<void> {
    this.#open.splice(this.#open.indexOf(journal), 1);
    await journal.close();
  }

  /** The journal's files, relative to the folder. */
  async files(): Promise<string[]> {
    const entries = await readdir(this.dir, { recursive: true });
    return entries.filter((name) => name.endsWith('.jsonl')).sort();
  }
}

export async function takeIds(journal: Journal): Promise<string[]> {
  return (await journal.take(ALL)).map((outcome) => outcome.id).sort();
}

export function records(count: number, given: Partial<LogRecord> = {}): LogRecord[] {
  return Array.from({ length: count }, () => logRecord(given));
}

export function idsOf(list: readonly LogRecord[]): string[] {
  return list.map((record) => record.id).sort();
}
