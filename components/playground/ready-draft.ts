import type { Draft } from './draft';
import type { Tool } from './tools';

/** A draft whose typed parts were understood, with its variables filled in. */
export interface ReadyDraft extends Omit<Draft, 'tools' | 'outputSchema'> {
  readonly tools: readonly Tool[];
  readonly outputSchema: Record<string, unknown> | null;
  /** Members of the body that have no field of their own. */
  readonly other: Record<string, unknown> | null;
}
