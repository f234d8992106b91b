import type { Measurement, TargetName } from './measure';
import type { PhaseName } from './phases';

/** One round: each phase on each target. */
export type Round = Readonly<Record<PhaseName, Readonly<Record<TargetName, Measurement>>>>;

/** One number of streams that was tried on a target. */
export interface StreamsTried {
  readonly target: TargetName;
  readonly streams: number;
  readonly held: boolean;
  readonly measurement: Measurement;
}

export interface Results {
  readonly rounds: readonly Round[];
  readonly streams: readonly StreamsTried[];
}

/** Null where there is nothing to take it of. */
export function median(values: readonly (number | null)[]): number | null {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)];
  const lower = sorted[Math.ceil(middle) - 1];
  return upper === undefined || lower === undefined ? null : (upper + lower) / 2;
}

/** Requests a second. */
export function perSecond({ load }: Measurement): number {
  return load.answered / load.seconds;
}

/** Microseconds of CPU for each request. */
export function cpuPerRequestUs({ cpuMs, load }: Measurement): number | null {
  return cpuMs === null || load.sent === 0 ? null : (cpuMs * 1000) / load.sent;
}

/** Microseconds of CPU for each delta, the requests around them included. */
export function cpuPerDeltaUs({ cpuMs, load }: Measurement): number | null {
  return cpuMs === null || load.deltasInAll === 0 ? null : (cpuMs * 1000) / load.deltasInAll;
}

/** The median of a figure over the rounds. */
export function over(rounds: readonly Round[], figure: (round: Round) => number | null): number | null {
  return median(rounds.map(figure));
}

/** What went wrong, in words; empty when every request was answered and has its log. */
export function problemsOf(where: string, { load, drained }: Measurement): string[] {
  const problems: string[] = [];
  if (load.failed > 0) problems.push(`${where}: ${load.failed} of ${load.sent} requests failed; ${load.failure}.`);
  if (drained && drained.missing > 0) problems.push(`${where}: ${drained.missing} of ${load.sent} logs are missing.`);
  if (drained && drained.missing < 0) problems.push(`${where}: ${-drained.missing} logs too many.`);
  return problems;
}
