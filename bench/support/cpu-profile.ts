import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const profileSchema = z.object({
  nodes: z.array(
    z.object({
      id: z.number(),
      callFrame: z.object({ functionName: z.string(), url: z.string(), lineNumber: z.number() }),
    }),
  ),
  /** Microseconds, on the clock all processes share. */
  startTime: z.number(),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
});

export interface Share {
  readonly name: string;
  /** Microseconds in it itself, what it calls left out. */
  readonly selfUs: number;
}

export interface ProfileSummary {
  readonly byFunction: readonly Share[];
  readonly byFile: readonly Share[];
  /** In all, without idle time. */
  readonly busyUs: number;
}

/**
 * Adds up where a process spent its time between two moments.
 * @param profile as node --cpu-prof writes it
 * @throws ZodError when it is no profile
 */
export function summarizeProfile(profile: unknown, fromUs: number, toUs: number, root: string): ProfileSummary {
  const { nodes, startTime, samples, timeDeltas } = profileSchema.parse(profile);
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const functions = new Map<string, number>();
  const files = new Map<string, number>();
  let atUs = startTime;
  let busyUs = 0;
  for (const [index, id] of samples.entries()) {
    atUs += timeDeltas[index] ?? 0;
    // A sample stands for the time until the next one.
    const us = timeDeltas[index + 1] ?? 0;
    const frame = frames.get(id);
    if (!frame || atUs < fromUs || atUs >= toUs || frame.functionName === '(idle)') continue;
    const file = fileOf(frame.url, root);
    const name = `${frame.functionName || '(anonymous)'}  ${file}`;
    functions.set(name, (functions.get(name) ?? 0) + us);
    files.set(file, (files.get(file) ?? 0) + us);
    busyUs += us;
  }
  return { byFunction: sorted(functions), byFile: sorted(files), busyUs };
}

function sorted(shares: ReadonlyMap<string, number>): Share[] {
  return [...shares].map(([name, selfUs]) => ({ name, selfUs })).sort((a, b) => b.selfUs - a.selfUs);
}

/** Native code and the engine have no file. */
function fileOf(url: string, root: string): string {
  if (!url) return '(native)';
  return url.startsWith('file:') ? relative(root, fileURLToPath(url)) : url;
}
