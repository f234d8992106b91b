import type { Debit } from '@/lib/credits/debit';
import type { LogRecord } from '@/lib/gateway/log-record';
import type { Chunk } from './journal-line';
import type { Segment } from './journal-segment';
import { factsOf, type LogFacts } from './rollup-facts';
import { type EncodedJson, type EncodedRow, encodeNested, encodeRow } from './rows';
import { storable, toBigint } from './storable';

/** Where a frame of the journal is. */
export interface Place {
  readonly segment: Segment;
  readonly offset: number;
  readonly length: number;
}

/** One log on its way to the database. */
export interface Outcome {
  readonly id: string;
  /** An outcome that replay made up for an intent without one; a real one of the same id goes before it. */
  readonly isInterrupted: boolean;
  readonly facts: LogFacts;
  readonly row: EncodedRow;
  readonly debit: Debit | null;
  /** Memory it takes while it waits; 0 where the memory is the batch's own. */
  heldBytes: number;
  /** Null while the disk refuses it. */
  place: Place | null;
  /** What is to be written to the journal, as long as it is not. */
  frame: readonly Chunk[] | null;
}

export function encodeOutcome(record: LogRecord, json: EncodedJson = encodeNested(record)): Outcome {
  return {
    id: record.id.toLowerCase(),
    isInterrupted: record.status === 'interrupted',
    facts: factsOf(record),
    row: encodeRow(record, json),
    debit: debitOf(record),
    heldBytes: 0,
    place: null,
    frame: null,
  };
}

/** What is sent on to the database, in bytes. */
export function sizeOf({ row }: Outcome): number {
  return row.log.length + (row.payload?.length ?? 0) + (row.parts ? (row.request?.length ?? 0) : 0);
}

function debitOf(record: LogRecord): Debit | null {
  const { organizationId, id, model, provider } = record;
  if (!mayHaveReserved(record)) return null;
  const description = storable(model ?? provider ?? 'Usage');
  return {
    organizationId: organizationId.toLowerCase(),
    logId: id,
    costNanoUsd: toBigint(owedOf(record)),
    description,
  };
}

function owedOf({ owedNanoUsd, credentialSource, cost }: LogRecord): bigint {
  if (owedNanoUsd !== undefined) return BigInt(owedNanoUsd);
  return credentialSource === 'credits' && cost ? cost.costNanoUsd : 0n;
}

/** A call that died before its outcome does not say who was to pay. */
function mayHaveReserved({ credentialSource, attempts, status, logMethod }: LogRecord): boolean {
  if (logMethod !== 'inference') return false;
  return credentialSource === 'credits' || status === 'interrupted' || attempts.some(byCredits);
}

function byCredits(attempt: LogRecord['attempts'][number]): boolean {
  return attempt.credentialSource === 'credits';
}
