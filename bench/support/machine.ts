import { availableParallelism, cpus, loadavg } from 'node:os';

/** What the figures were taken on, in one line. */
export function machineLine(at: Date): string {
  const cores = availableParallelism();
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const parts = [`${cores} ${cores === 1 ? 'core' : 'cores'} (${model})`, `${process.platform} ${process.arch}`];
  return [...parts, `Node ${process.versions.node}`, at.toISOString().slice(0, 10)].join(', ');
}

/** Other programs disturb: ratios hold better than figures. Null when the machine was quiet, or can't tell. */
export function busyLine(): string | null {
  const [load = 0] = loadavg();
  return load < 0.5
    ? null
    : `Other programs were running (load ${load.toFixed(1)}): trust the comparisons more than the figures.`;
}
