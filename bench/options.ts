import { parseArgs } from 'node:util';
import { z } from 'zod';

export interface Options {
  readonly rounds: number;
  /** How long each figure is measured in each round. */
  readonly seconds: number;
  /** Numbers of open streams to try, smallest first. */
  readonly streams: readonly number[];
}

const QUICK: Options = { rounds: 1, seconds: 1, streams: [250, 500] };
const FULL: Options = { rounds: 3, seconds: 4, streams: [500, 1000, 1500, 2000, 3000] };

const argsSchema = z.object({
  quick: z.boolean().default(false),
  rounds: z.coerce.number().int().min(1).max(100).optional(),
  seconds: z.coerce.number().min(0.5).max(600).optional(),
  streams: z
    .string()
    .transform((text) => text.split(',').map(Number))
    .pipe(z.array(z.number().int().min(1).max(20_000)))
    .optional(),
});

/** @throws Error for an option that is unknown or has no sense */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      streams: { type: 'string' },
    },
  });
  const { quick, ...given } = argsSchema.parse(values);
  const base = quick ? QUICK : FULL;
  return {
    rounds: given.rounds ?? base.rounds,
    seconds: given.seconds ?? base.seconds,
    streams: given.streams ?? base.streams,
  };
}
