import { z } from 'zod';
import { type Draft, draftSchema } from './draft';
import { type Run, runSchema, settled } from './run';

/** What a reload must not lose. In IndexedDB, because images are too large for localStorage. */
export interface Saved {
  readonly draft: Draft;
  readonly runs: readonly Run[];
}

const savedSchema = z.object({ draft: draftSchema, runs: z.array(runSchema) });
const DATABASE = 'respan-playground';
const STORE = 'drafts';

/** @param owner whose it is: a browser may be shared. @returns null where nothing is kept, or nothing that can be read */
export async function readSaved(owner: string): Promise<Saved | null> {
  try {
    const found = savedSchema.safeParse(await inStore('readonly', (store) => store.get(owner)));
    return found.success ? { draft: found.data.draft, runs: found.data.runs.map(settled) } : null;
  } catch {
    return null;
  }
}

/** A browser that keeps nothing remembers for as long as the page is open. */
export async function save(owner: string, saved: Saved): Promise<void> {
  await inStore('readwrite', (store) => store.put(saved, owner)).catch(() => {});
}

async function inStore(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
  const database = await open();
  try {
    const request = ask(database.transaction(STORE, mode).objectStore(STORE));
    return await answered(request);
  } finally {
    database.close();
  }
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return answered(request);
}

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}
