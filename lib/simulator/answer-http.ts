import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createGzip } from 'node:zlib';
import { ApiError } from './errors';
import type { FaultPlan, MidStreamFault } from './faults';
import { type Answer, wholeMessage } from './message';
import { type PaceTimes, pause } from './pace';
import { messageEvents, sseFrame } from './stream';

export interface Delivery {
  readonly response: ServerResponse;
  readonly pace: PaceTimes;
  readonly faults: FaultPlan;
  /** Fires when the client leaves or the simulator closes. */
  readonly signal: AbortSignal;
  /** Called when the first byte is about to leave. */
  readonly onFirstByte: () => void;
  readonly requestId: string;
}

/** Sends an answer as one JSON body. @throws AbortError when the client leaves. */
export async function sendMessage(answer: Answer, delivery: Delivery): Promise<void> {
  const { response, pace, faults, signal } = delivery;
  if (faults.midStream?.kind === 'error') throw new ApiError(529, 'overloaded_error', 'Overloaded');
  const body = Buffer.from(JSON.stringify(wholeMessage(answer)));
  const deltas = [...messageEvents(answer, false)].filter(isDelta).length;
  await pause(pace.firstByteMs + faults.firstByteMs + deltas * pace.betweenDeltasMs, signal);
  delivery.onFirstByte();
  const write = opened(delivery, 'application/json');
  const fault = faults.midStream;
  if (!fault || fault.kind === 'end') {
    await write(body);
    return write.end();
  }
  const middle = Math.floor(body.length / 2);
  await write(body.subarray(0, middle));
  if (fault.kind === 'malformed') return write.end();
  if (fault.kind === 'cut') return destroy(response);
  await pause(fault.ms, signal);
  await write(body.subarray(middle));
  return write.end();
}

/** Sends an answer as a stream of events. @throws AbortError when the client leaves. */
export async function streamMessage(answer: Answer, delivery: Delivery): Promise<void> {
  const { pace, faults, signal } = delivery;
  const events = [...messageEvents(answer, faults.twoDeltas)];
  const fault = faults.midStream;
  const due = fault ? (fault.afterDeltas ?? Math.floor(events.filter(isDelta).length / 2)) : -1;
  await pause(pace.firstByteMs + faults.firstByteMs, signal);
  delivery.onFirstByte();
  const write = opened(delivery, 'text/event-stream; charset=utf-8');
  let sent = 0;
  let happened = false;
  for (const event of events) {
    const isMiddle = isDelta(event) || event.type === 'message_delta';
    if (fault && !happened && isMiddle && sent >= due) {
      happened = true;
      const goesOn = await strike(fault, delivery, write);
      if (!goesOn) return;
    }
    if (isDelta(event)) {
      await pause(pace.betweenDeltasMs, signal);
      sent += 1;
    }
    await write(sseFrame(event));
  }
  return write.end();
}

type Write = ((data: string | Buffer) => Promise<void>) & { end: () => void };

/** Whether the stream goes on afterwards. */
async function strike(fault: MidStreamFault, delivery: Delivery, write: Write): Promise<boolean> {
  switch (fault.kind) {
    case 'stall':
      await pause(fault.ms, delivery.signal);
      return true;
    case 'malformed':
      await write('event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"ty\n\n');
      return true;
    case 'cut':
      destroy(delivery.response);
      return false;
    case 'end':
      write.end();
      return false;
    case 'error': {
      const error = {
        type: fault.errorType,
        message: fault.errorType === 'overloaded_error' ? 'Overloaded' : 'Internal server error',
      };
      await write(sseFrame({ type: 'error', error, request_id: delivery.requestId }));
      write.end();
      return false;
    }
  }
}

function isDelta(event: { type: string }): boolean {
  return event.type === 'content_block_delta';
}

/** Sends the head, and returns how to send the body: compressed if asked for, at the client's speed. */
function opened({ response, faults, signal }: Delivery, contentType: string): Write {
  response.statusCode = 200;
  response.setHeader('content-type', contentType);
  response.setHeader('cache-control', 'no-cache');
  if (!faults.gzip) {
    const write = async (data: string | Buffer) => {
      signal.throwIfAborted();
      if (!response.write(data)) await once(response, 'drain', { signal });
    };
    return Object.assign(write, { end: () => void response.end() });
  }
  response.setHeader('content-encoding', 'gzip');
  const gzip = createGzip();
  gzip.pipe(response);
  response.on('close', () => gzip.destroy());
  const write = async (data: string | Buffer) => {
    signal.throwIfAborted();
    const isFull = !gzip.write(data);
    gzip.flush();
    if (isFull) await once(gzip, 'drain', { signal });
  };
  return Object.assign(write, { end: () => void gzip.end() });
}

/** Waits until what was written has left, so that a cut comes after it. */
function destroy(response: ServerResponse): void {
  setImmediate(() => response.socket?.destroy());
}
