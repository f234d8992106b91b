import cluster, { type Worker } from 'node:cluster';
import { randomUUID } from 'node:crypto';
import { AggregatorRegistry, type Registry } from 'prom-client';
import { z } from 'zod';

/*
 * A scrape reaches one worker; what it answers is about all of them, so it asks their parent, which asks each in turn.
 * prom-client's own way fails as a whole when one of them is just starting, as after a crash, when a scrape matters most.
 */

const TOLD_WITHIN_MS = 2000;
const ANSWER_WITHIN_MS = 8000;
const message = z.discriminatedUnion('type', [
  z.object({ type: z.literal('metrics:ready') }),
  z.object({ type: z.literal('metrics:ask'), id: z.string() }),
  z.object({ type: z.literal('metrics:answer'), id: z.string(), text: z.string() }),
  z.object({ type: z.literal('metrics:tell'), id: z.string() }),
  z.object({ type: z.literal('metrics:told'), id: z.string(), metrics: z.array(z.looseObject({})) }),
]);
type Message = z.infer<typeof message>;

/** In the parent: adds up what its workers tell, for the worker that asks. */
export function answerWorkers(): void {
  const ready = new Set<Worker>();
  cluster.on('disconnect', (worker) => ready.delete(worker));
  cluster.on('message', (worker: Worker, received: unknown) => {
    const { data } = message.safeParse(received);
    if (data?.type === 'metrics:ready') ready.add(worker);
    if (data?.type !== 'metrics:ask') return;
    addedUp(ready)
      .then((text) => tell(worker, { type: 'metrics:answer', id: data.id, text }))
      // Whoever asked gives up by itself.
      .catch(() => {});
  });
}

/** What the workers tell together; one that does not in time is left out. */
async function addedUp(workers: ReadonlySet<Worker>): Promise<string> {
  const told = await Promise.all([...workers].map(tellOf));
  return AggregatorRegistry.aggregate(told.flatMap((metrics) => (metrics ? [metrics] : []))).metrics();
}

function tellOf(worker: Worker): Promise<object[] | null> {
  const id = randomUUID();
  return new Promise((resolve) => {
    const finish = (metrics: object[] | null) => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('disconnect', onGone);
      resolve(metrics);
    };
    const onGone = () => finish(null);
    const onMessage = (received: unknown) => {
      const { data } = message.safeParse(received);
      if (data?.type === 'metrics:told' && data.id === id) finish(data.metrics);
    };
    const timer = setTimeout(onGone, TOLD_WITHIN_MS);
    worker.on('message', onMessage).on('disconnect', onGone);
    if (worker.isConnected()) tell(worker, { type: 'metrics:tell', id });
    else onGone();
  });
}

/** A worker that has just died refuses it; without somebody to hear of that, the parent would end. */
function tell(worker: Worker, said: Message): void {
  worker.send(said, () => {});
}

/** In a worker: lets the parent ask for what this one tells. */
export function tellParent(registry: Registry): void {
  process.on('message', (received) => {
    const { data } = message.safeParse(received);
    if (data?.type !== 'metrics:tell') return;
    registry
      .getMetricsAsJSON()
      .then((metrics) => process.send?.({ type: 'metrics:told', id: data.id, metrics }))
      // The parent goes on without it.
      .catch(() => {});
  });
  process.send?.({ type: 'metrics:ready' } satisfies Message);
}

/** In a worker: what all of them tell together. @throws Error when the parent does not answer in time */
export function askParent(): Promise<string> {
  const id = randomUUID();
  return new Promise((resolve, reject) => {
    const finish = (then: () => void) => {
      clearTimeout(timer);
      process.off('message', onMessage);
      then();
    };
    const onMessage = (received: unknown) => {
      const { data } = message.safeParse(received);
      if (data?.type === 'metrics:answer' && data.id === id) finish(() => resolve(data.text));
    };
    const timer = setTimeout(
      () => finish(() => reject(new Error('The parent process did not answer.'))),
      ANSWER_WITHIN_MS,
    );
    process.on('message', onMessage);
    process.send?.({ type: 'metrics:ask', id } satisfies Message);
  });
}
