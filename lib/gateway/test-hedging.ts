import type { ServerResponse } from 'node:http';
import { type Received, until } from './testing';

/** A provider for tests of hedging: which attempt answers first is settled by what happened, not by a clock. */

/** What has come of the requests so far, in the order they arrived. */
export interface Turns {
  arrived: number;
  readonly answered: boolean[];
  /** Broken off before the answer was complete. */
  readonly closed: boolean[];
}
export type Answer = (request: Received, response: ServerResponse, turns: Turns) => void;

/** Answers the first request, the second and so on; those without an answer hang. */
export function inTurn(...answers: Answer[]) {
  const turns: Turns = { arrived: 0, answered: [], closed: [] };
  const answer = (request: Received, response: ServerResponse) => {
    const mine = turns.arrived++;
    response.on('close', () => {
      turns.answered[mine] = true;
      turns.closed[mine] = !response.writableFinished;
    });
    answers[mine]?.(request, response, turns);
  };
  return { answer, closed: turns.closed };
}
export const hang = () => {};
/** A moment after something has happened, so that the gateway has seen it too. */
export const soonAfter =
  (happened: (turns: Turns) => boolean, then: Answer): Answer =>
  async (request, response, turns) => {
    await until(() => happened(turns));
    setTimeout(() => then(request, response, turns), 80);
  };
export const secondArrived = ({ arrived }: Turns) => arrived > 1;
export const firstAnswered = ({ answered }: Turns) => answered[0] === true;
export const secondAnswered = ({ answered }: Turns) => answered[1] === true;
