import type { Exchange, Target } from '../exchange';
import { NOTHING_READ, type Reading } from '../providers/provider';
import { samePrompt } from '../usage';

/**
 * Bills an attempt that was cancelled before it said what it used: the provider has read the prompt and may have begun to
 * answer, so its input is owed, and nobody will say how much that was.
 * @param told picks what was read of another answer to the same prompt
 */
export function billCancelled(exchange: Exchange, target: Target, told: (main: Reading) => Reading): void {
  const reading = (main: Reading) => {
    const { usage, model } = told(main);
    return { ...NOTHING_READ, model, usage: usage && samePrompt(usage) };
  };
  const note = 'includes a cancelled attempt, estimated';
  exchange.sideCalls = [...exchange.sideCalls, { target, note, reading }];
}
