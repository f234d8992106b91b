import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface Provider {
  /** To be used as ANTHROPIC_BASE_URL. */
  url: string;
  stop(): Promise<void>;
}

/** Starts a Messages API in a process of its own: a provider that the server reaches as it would reach Anthropic. */
export async function startProvider(options: { instant?: boolean } = {}): Promise<Provider> {
  const args = ['--import', 'tsx', 'lib/simulator/main.ts', ...(options.instant ? ['--instant'] : [])];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const [url] = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    exited.then(() => Promise.reject(new Error('The provider ended while starting.'))),
  ]);
  return {
    url: String(url),
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
