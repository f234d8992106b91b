import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface Child {
  readonly pid: number;
  /** Sends a message and waits for the one that answers it. @throws Error when the process ends instead */
  ask(message: object): Promise<unknown>;
  stop(): Promise<void>;
}

/**
 * Starts a file of this folder as a process of its own and waits for its first message.
 * @param file relative to bench/
 * @returns the process, and what it said
 */
export async function startChild(file: string, args: readonly string[] = []): Promise<[Child, unknown]> {
  const path = fileURLToPath(new URL(`../${file}`, import.meta.url));
  const process = fork(path, args, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const first = await answerOf(process, file);
  if (process.pid === undefined) throw new Error(`${file} has no process id.`);
  const child: Child = {
    pid: process.pid,
    ask(message) {
      process.send(message);
      return answerOf(process, file);
    },
    async stop() {
      if (process.exitCode !== null || process.signalCode) return;
      process.kill('SIGTERM');
      await once(process, 'exit');
    },
  };
  return [child, first];
}

function answerOf(process: ChildProcess, file: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`${file} ended with code ${code}.`));
    process.once('exit', onExit);
    process.once('message', (message) => {
      process.off('exit', onExit);
      resolve(message);
    });
  });
}
