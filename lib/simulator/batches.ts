import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Client } from './auth';
import { ApiError, errorBody, errorTypeOf, invalid, notFound } from './errors';
import { newId } from './ids';
import { wholeMessage } from './message';
import { type Memory, prepareAnswer } from './messages';
import { pageOf } from './models';
import { firstFault } from './validate/issues';
import { acceptMessage } from './validate/request';

const batchRequest = z.strictObject({
  requests: z
    .array(
      z.strictObject({
        custom_id: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
        params: z.record(z.string(), z.unknown()),
      }),
    )
    .min(1)
    .max(100_000),
});

type Item = z.infer<typeof batchRequest>['requests'][number];
type Result =
  | { type: 'succeeded'; message: unknown }
  | { type: 'errored'; error: unknown }
  | { type: 'canceled' }
  | { type: 'expired' };

interface Batch {
  readonly id: string;
  readonly key: string;
  readonly client: Client;
  readonly items: readonly Item[];
  readonly results: { custom_id: string; result: Result }[];
  readonly createdAt: Date;
  endedAt: Date | null;
  cancelInitiatedAt: Date | null;
}

const MAX_KEPT_ITEMS = 200_000;
const EXPIRES_AFTER_MS = 24 * 3_600_000;
const NOT_IN_BATCHES = ['stream', 'speed', 'fallbacks'];

/** Message batches of all keys, newest first. They live in memory and are answered one by one. */
export class Batches {
  private readonly batches: Batch[] = [];

  constructor(
    private readonly memory: Memory,
    private readonly itemDelayMs: number,
    private readonly closing: AbortSignal,
  ) {}

  /** Takes a batch and begins to answer it. @throws ApiError 400 for a bad envelope; items are checked later. */
  create(body: unknown, client: Client, baseUrl: string) {
    const parsed = batchRequest.safeParse(body);
    if (!parsed.success) throw firstFault(parsed.error.issues, body);
    const items = parsed.data.requests;
    if (new Set(items.map((item) => item.custom_id)).size < items.length) {
      throw invalid('requests: custom_id must be unique within a batch');
    }
    const batch: Batch = {
      id: newId('msgbatch'),
      key: client.key,
      client,
      items,
      results: [],
      createdAt: new Date(),
      endedAt: null,
      cancelInitiatedAt: null,
    };
    this.batches.unshift(batch);
    this.forgetOldest();
    void this.run(batch).catch(() => undefined);
    return describe(batch, baseUrl);
  }

  list(query: URLSearchParams, client: Client, baseUrl: string) {
    const own = this.batches.filter((batch) => batch.key === client.key);
    return pageOf(
      own.map((batch) => describe(batch, baseUrl)),
      query,
    );
  }

  /** @throws ApiError 404 */
  get(id: string, client: Client, baseUrl: string) {
    return describe(this.find(id, client), baseUrl);
  }

  /** Items that have no answer yet are canceled. @throws ApiError 404, or 400 when it has ended. */
  cancel(id: string, client: Client, baseUrl: string) {
    const batch = this.find(id, client);
    if (batch.endedAt) throw invalid(`Batch ${id} has already ended and cannot be canceled.`);
    batch.cancelInitiatedAt ??= new Date();
    return describe(batch, baseUrl);
  }

  /** @throws ApiError 404, or 400 while it is running. */
  remove(id: string, client: Client) {
    const batch = this.find(id, client);
    if (!batch.endedAt) throw invalid(`Batch ${id} is still in progress. Cancel it before deleting it.`);
    this.batches.splice(this.batches.indexOf(batch), 1);
    return { id, type: 'message_batch_deleted' };
  }

  /** JSON lines. @throws ApiError 404, or 400 while it is running. */
  results(id: string, client: Client): string {
    const batch = this.find(id, client);
    if (!batch.endedAt) throw invalid(`Batch ${id} has no results yet: it is still in progress.`);
    return batch.results.map((line) => `${JSON.stringify(line)}\n`).join('');
  }

  private find(id: string, client: Client): Batch {
    const batch = this.batches.find((candidate) => candidate.id === id && candidate.key === client.key);
    if (!batch) throw notFound(`Batch ${id} not found`);
    return batch;
  }

  /** The newest batch stays in any case. */
  private forgetOldest(): void {
    let items = this.batches.reduce((sum, batch) => sum + batch.items.length, 0);
    while (items > MAX_KEPT_ITEMS && this.batches.length > 1) items -= this.batches.pop()?.items.length ?? 0;
  }

  private async run(batch: Batch): Promise<void> {
    for (const item of batch.items) {
      await sleep(this.itemDelayMs, undefined, { signal: this.closing });
      const result = batch.cancelInitiatedAt ? ({ type: 'canceled' } as const) : this.answer(item, batch.client);
      batch.results.push({ custom_id: item.custom_id, result });
    }
    batch.endedAt = new Date();
  }

  private answer({ params }: Item, client: Client): Result {
    try {
      const forbidden = NOT_IN_BATCHES.find((name) => name in params);
      if (forbidden) throw invalid(`${forbidden}: Extra inputs are not permitted`);
      if (params.max_tokens === 0) throw invalid('max_tokens: 0 is not permitted in batches');
      const accepted = acceptMessage(params, client);
      const { answer, faults, commitCache } = prepareAnswer(accepted, this.memory, { headerFaults: [], isBatch: true });
      if (faults.status) {
        const { status, message } = faults.status;
        throw new ApiError(status, errorTypeOf(status), message ?? `Simulated error ${status}`);
      }
      commitCache();
      return { type: 'succeeded', message: wholeMessage(answer) };
    } catch (error) {
      const known = error instanceof ApiError ? error : new ApiError(500, 'api_error', 'Internal server error');
      return { type: 'errored', error: errorBody(known, null) };
    }
  }
}

function describe(batch: Batch, baseUrl: string) {
  const count = (type: Result['type']) => batch.results.filter(({ result }) => result.type === type).length;
  const ended = batch.endedAt !== null;
  return {
    id: batch.id,
    type: 'message_batch',
    processing_status: ended ? 'ended' : batch.cancelInitiatedAt ? 'canceling' : 'in_progress',
    // Until the whole batch has ended, every request counts as processing.
    request_counts: {
      processing: ended ? 0 : batch.items.length,
      succeeded: ended ? count('succeeded') : 0,
      errored: ended ? count('errored') : 0,
      canceled: ended ? count('canceled') : 0,
      expired: ended ? count('expired') : 0,
    },
    created_at: batch.createdAt.toISOString(),
    expires_at: new Date(batch.createdAt.getTime() + EXPIRES_AFTER_MS).toISOString(),
    ended_at: batch.endedAt?.toISOString() ?? null,
    cancel_initiated_at: batch.cancelInitiatedAt?.toISOString() ?? null,
    archived_at: null,
    results_url: ended ? `${baseUrl}/v1/messages/batches/${batch.id}/results` : null,
  };
}
