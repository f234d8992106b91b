import { setTimeout as sleep } from 'node:timers/promises';
import { type LoadResult, resultSchema } from './load/job';
import type { Workload } from './phases';
import type { Child } from './support/child';
import type { Drained, Logs } from './support/logs';
import { cpuMs, family, rssBytes } from './support/processes';

export type TargetName = 'direct' | 'bare' | 'respan';

/** What can be loaded. */
export interface Target {
  readonly name: TargetName;
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Null for the mock itself, whose own cost is no figure. */
  readonly pid: number | null;
  readonly postmasterPid: number | null;
  readonly logs: Logs | null;
}

export interface Measurement {
  readonly load: LoadResult;
  /** Of the target for all that was sent, its logging included. Null where the system does not tell. */
  readonly cpuMs: number | null;
  readonly databaseCpuMs: number | null;
  readonly peakRssBytes: number | null;
  readonly drained: Drained | null;
}

const LOOK_EVERY_MS = 100;
const LOGS_WITHIN_MS = 60_000;

/** Loads a target, and reads from the kernel what that cost. Ends when the logs of all requests are written. */
export async function measure(
  generator: Child,
  target: Target,
  workload: Workload,
  times: { warmupMs: number; durationMs: number },
): Promise<Measurement> {
  const { port, path } = target;
  const headers = { 'anthropic-version': '2023-06-01', ...target.headers, ...workload.headers };
  // Logs of what ran before must not count: ids are told apart by the millisecond.
  await sleep(5);
  const since = new Date();
  const before = costs(target);
  let peak = 0;
  const look = setInterval(() => {
    peak = Math.max(peak, (target.pid && rssBytes(target.pid)) || 0);
  }, LOOK_EVERY_MS);
  try {
    const load = resultSchema.parse(await generator.ask({ ...workload, port, path, headers, ...times }));
    const drained = (await target.logs?.drain(since, load.sent, LOGS_WITHIN_MS)) ?? null;
    const after = costs(target);
    return {
      load,
      cpuMs: difference(after.own, before.own),
      databaseCpuMs: difference(after.database, before.database),
      peakRssBytes: peak || null,
      drained,
    };
  } finally {
    clearInterval(look);
  }
}

function costs({ pid, postmasterPid }: Target) {
  return {
    own: pid ? cpuMs(pid) : null,
    database: postmasterPid ? family(postmasterPid).reduce((sum, id) => sum + (cpuMs(id) ?? 0), 0) : null,
  };
}

function difference(after: number | null, before: number | null): number | null {
  return after === null || before === null ? null : Math.max(0, after - before);
}
