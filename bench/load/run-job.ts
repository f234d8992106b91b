import { setTimeout as sleep } from 'node:timers/promises';
import { nowUs } from '../support/clock';
import { Histogram } from '../support/histogram';
import { Connection, type Exchange } from './connection';
import type { Job, LoadResult } from './job';

/** How long the last answers are waited for. */
const DRAIN_MS = 30_000;
/** New connections a millisecond, so that the start is no flood. */
const OPENED_A_TURN = 32;

/** Loads a target and waits for every answer. */
export async function runJob(job: Job): Promise<LoadResult> {
  const run = new Run(job);
  try {
    await (job.pattern.kind === 'closed' ? run.closed(job.pattern.connections) : run.rate(job.pattern.perSecond));
    await run.drained();
    return run.result();
  } finally {
    run.close();
  }
}

class Run {
  readonly #job: Job;
  readonly #request: Buffer;
  readonly #connections: Connection[] = [];
  readonly #idle: Connection[] = [];
  readonly #latency = new Histogram();
  readonly #firstDelta = new Histogram();
  readonly #delay = new Histogram();
  readonly #measureUs: number;
  readonly #endUs: number;
  #sent = 0;
  #open = 0;
  #answered = 0;
  #failed = 0;
  #failure: string | null = null;
  #deltas = 0;
  #deltasInAll = 0;

  constructor(job: Job) {
    this.#job = job;
    this.#request = requestBytes(job);
    this.#measureUs = nowUs() + job.warmupMs * 1000;
    this.#endUs = this.#measureUs + job.durationMs * 1000;
  }

  async closed(connections: number): Promise<void> {
    for (let opened = 0; opened < connections && nowUs() < this.#endUs; opened++) {
      this.#send(this.#connect());
      if (opened % OPENED_A_TURN === OPENED_A_TURN - 1) await sleep(1);
    }
    await sleep(Math.max(0, (this.#endUs - nowUs()) / 1000));
  }

  /** Requests go out on the timer's millisecond; one is as late as its connection is made, never as the answer before it. */
  async rate(perSecond: number): Promise<void> {
    const startUs = nowUs();
    for (;;) {
      const atUs = nowUs();
      if (atUs >= this.#endUs) return;
      const due = Math.floor(((atUs - startUs) / 1e6) * perSecond);
      while (this.#sent < due) this.#send(this.#idle.pop() ?? this.#connect());
      await sleep(1);
    }
  }

  async drained(): Promise<void> {
    const deadline = performance.now() + DRAIN_MS;
    while (this.#open > 0 && performance.now() < deadline) await sleep(5);
    if (this.#open > 0) this.#fail(`${this.#open} requests were not answered in ${DRAIN_MS / 1000} s`, this.#open);
  }

  close(): void {
    for (const connection of this.#connections) connection.close();
  }

  result(): LoadResult {
    return {
      sent: this.#sent,
      failed: this.#failed,
      failure: this.#failure,
      answered: this.#answered,
      seconds: this.#job.durationMs / 1000,
      latencyUs: this.#latency.summary(),
      firstDeltaUs: this.#firstDelta.summary(),
      deltaDelayUs: this.#delay.summary(),
      deltas: this.#deltas,
      deltasInAll: this.#deltasInAll,
    };
  }

  #connect(): Connection {
    const connection = new Connection(this.#job.port, this.#request, {
      delta: (sentUs, isFirst, startUs) => this.#onDelta(sentUs, isFirst, startUs),
      done: (from, exchange) => this.#onDone(from, exchange),
    });
    this.#connections.push(connection);
    return connection;
  }

  #send(connection: Connection): void {
    this.#sent++;
    this.#open++;
    connection.send();
  }

  #onDelta(sentUs: number, isFirst: boolean, startUs: number): void {
    this.#deltasInAll++;
    const atUs = nowUs();
    if (atUs < this.#measureUs || atUs > this.#endUs) return;
    this.#deltas++;
    if (!isFirst) this.#delay.add(atUs - sentUs);
    else if (startUs >= this.#measureUs) this.#firstDelta.add(atUs - startUs);
  }

  #onDone(connection: Connection, { startUs, status }: Exchange): void {
    const atUs = nowUs();
    this.#open--;
    if (status !== 200) this.#fail(status === null ? 'a connection broke' : `a request was answered with ${status}`, 1);
    if (atUs >= this.#measureUs && atUs <= this.#endUs && status === 200) this.#answered++;
    if (startUs >= this.#measureUs && startUs <= this.#endUs && status === 200) this.#latency.add(atUs - startUs);
    if (this.#job.pattern.kind === 'rate') this.#idle.push(connection);
    else if (atUs < this.#endUs) this.#sendAgain(connection, status);
  }

  /** A target that breaks connections is not to be hammered. */
  #sendAgain(connection: Connection, status: number | null): void {
    if (status !== null) this.#send(connection);
    else setTimeout(() => nowUs() < this.#endUs && this.#send(connection), 10);
  }

  #fail(failure: string, count: number): void {
    this.#failed += count;
    this.#failure ??= failure;
  }
}

function requestBytes({ path, headers, body }: Job): Buffer {
  const all = {
    host: '127.0.0.1',
    'content-type': 'application/json',
    ...headers,
    'content-length': Buffer.byteLength(body),
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
}
