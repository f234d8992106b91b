import cluster from 'node:cluster';
import { setTimeout as sleep } from 'node:timers/promises';

/** Several server processes on one port, each with its own journal and its own memory of keys and settings. */

/** A worker that dies is started again after this pause, so that one that can't start does not spin. */
const RESTART_MS = 1000;

/** Whether this process is one of them. */
export function isWorker(): boolean {
  return cluster.isWorker;
}

/**
 * Starts the workers and keeps as many running until the process is told to stop; they then drain, and this resolves.
 * @param script the server's file; workers run it as this process was run, with this process's environment
 * @throws Error when a worker ends before any was ready
 */
export async function runWorkers(count: number, script: string): Promise<void> {
  const execArgv = [...process.execArgv, ...(script.endsWith('.ts') ? ['--import', 'tsx'] : ['--enable-source-maps'])];
  cluster.setupPrimary({ exec: script, execArgv, args: [] });
  let stopping = false;
  let ready = false;
  cluster.on('listening', () => {
    ready = true;
  });
  const stop = () => {
    stopping = true;
    for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill('SIGTERM');
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  await Promise.all(
    Array.from({ length: count }, async () => {
      while (!stopping) {
        const worker = cluster.fork();
        const code = await new Promise<number>((done) => worker.on('exit', done));
        if (stopping) return;
        if (!ready) {
          stop();
          throw new Error('A worker could not start.');
        }
        console.error(`A worker ended with ${code}; another one takes its place.`);
        await sleep(RESTART_MS);
      }
    }),
  );
}
