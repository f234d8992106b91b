import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Batches } from './batches';
import type { Memory } from './messages';
import type { PaceTimes } from './pace';
import type { Recorder } from './recorder';

/** What all requests of one simulator share. */
export interface World {
  readonly memory: Memory;
  readonly batches: Batches;
  readonly recorder: Recorder;
  readonly pace: PaceTimes;
}

/** One request on its way. */
export interface Exchange extends World {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  /** Fires when the client leaves or the simulator closes. */
  readonly signal: AbortSignal;
}
