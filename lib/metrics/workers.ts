import cluster, { type Worker } from 'node:cluster';
import { randomUUID } from 'node:crypto';
import { AggregatorRegistry, type Registry } from 'prom-client';
import { z } from 'zod';

/** A scrape reaches one worker; what it answers is about all of them, so it asks their parent. */

const ANSWER_WITHIN_MS = 8000;
const request = z.object({ type: z.literal('respan:metrics'), id: z.string() });
const answer = request.extend({ text: z.string() });

/** In the parent: adds up what its workers tell, for the worker that asks. */
export function answerWorkers(): void {
  const all = new AggregatorRegistry();
  cluster.on('message', (worker: Worker, message: unknown) => {
    const asked = request.safeParse(message);
    if (!asked.success) return;
    all
      .clusterMetrics()
      // A worker that is starting or ending can't say; those that can should not be silent for it.
      .catch(() => '')
      .then((text) => {
        if (worker.isConnected()) worker.send({ ...asked.data, text });
      });
  });
}

/** In a worker: lets the parent ask for what this one tells. */
export function tellParent(registry: Registry): void {
  AggregatorRegistry.setRegistries(registry);
  // It listens for the parent once it is made.
  new AggregatorRegistry();
}

/** In a worker: what all of them tell together. @throws Error when the parent does not answer in time */
export function askParent(): Promise<string> {
  const id = randomUUID();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => finish(() => reject(new Error('The parent process did not answer.'))),
      ANSWER_WITHIN_MS,
    );
    const onMessage = (message: unknown) => {
      const told = answer.safeParse(message);
      if (told.success && told.data.id === id) finish(() => resolve(told.data.text));
    };
    const finish = (then: () => void) => {
      clearTimeout(timer);
      process.off('message', onMessage);
      then();
    };
    process.on('message', onMessage);
    process.send?.({ type: 'respan:metrics', id });
  });
}
