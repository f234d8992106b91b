import { hash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { GatewayError } from './errors';
import type { IncomingHttpHeaders } from './http/message';
import type { AttemptRecord, LogIntent, LogRecord, LogStatus } from './log-record';
import type { RespanParams } from './params';
import type { Caller, Credential } from './ports';
import type { Meter, Provider, Reading } from './providers/provider';

/** Where a call can go: a provider, the model as it names it, and a credential. */
export interface Target {
  readonly provider: Provider;
  readonly model: string;
  readonly credential: Credential;
}

export interface Arrival {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The same moment of a clock that never goes back. */
  readonly tick: number;
}

export function arrival(): Arrival {
  return { at: Date.now(), tick: performance.now() };
}

/** Bodies are kept on the log up to this size; a longer answer still reaches the caller whole. */
const CAPTURE_LIMIT_BYTES = 32 * 1024 * 1024;

/** A try at a target that is under way. Several may be. */
export interface OpenAttempt {
  readonly target: Target;
  readonly reason: string;
  /** Milliseconds after the request arrived. */
  readonly startedMs: number;
  readonly sent: Buffer | null;
}

/** A call that the provider bills beside the one whose answer the meter reads. */
export interface SideCall {
  readonly target: Target;
  /** What the cost says of it; null where it goes without saying. */
  readonly note: string | null;
  /** @param main what was read of the meter's answer */
  reading(main: Reading): Reading;
}

const NO_SIDE_CALLS: readonly SideCall[] = [];

/** What one request has become so far. Steps write to it; settle turns it into a log. */
export class Exchange {
  readonly startedAt: number;
  private readonly startedTick: number;
  /** What each step of the gateway took, as it is said in a header. */
  private timing = '';
  /** When the last step was done, in milliseconds after the start. */
  private markedMs = 0;
  requestedModel: string | null = null;
  /** The request named no model, but several to choose from. */
  routed = false;
  stream = false;
  /** The provider answers at once and goes on: what it uses, nobody who waits is told. */
  background = false;
  params: RespanParams = {};
  readonly warnings: string[] = [];
  /** Warnings about the choice of targets, which stand whatever target is sent the request. */
  readonly routeWarnings: string[] = [];
  /** What was changed in the request on its way to the provider; empty means untouched. */
  readonly alterations: string[] = [];
  /** The caller's body without anything that can be a secret, for the log. */
  loggedRequest: Buffer | null = null;
  promptPreview: () => string | null = () => null;
  /** What calls of one conversation have in common; null where nothing tells. */
  conversationKey: () => string | null = () => null;
  readonly attempts: AttemptRecord[] = [];
  target: Target | null = null;
  private readonly openAttempts: OpenAttempt[] = [];
  /** The caller's body as it came over the wire. */
  received: Buffer | null = null;
  private receivedDigest: string | null = null;
  statusCode = 0;
  responseHeaders: IncomingHttpHeaders = {};
  meter: Meter | null = null;
  sideCalls = NO_SIDE_CALLS;
  firstContentMs: number | null = null;
  error: GatewayError | null = null;
  aborted = false;
  /** The answer came from the response cache: free, and no provider was called. */
  cacheHit = false;
  settled = false;
  /** What is set aside of the caller's credits, in nano-dollars. */
  heldNanoUsd = 0n;
  /** Told when the log was written, or could not be. */
  onSettled: ((record: LogRecord | null) => void) | null = null;
  /** The log, once it was written. */
  record: LogRecord | null = null;
  private readonly captured: Buffer[] = [];
  private capturedBytes = 0;

  constructor(
    readonly id: string,
    readonly caller: Caller,
    readonly endpoint: string,
    readonly logType: string,
    readonly requestHeaders: IncomingHttpHeaders,
    /** Taken when the request arrived, before it was known whose it is. */
    arrived: Arrival = arrival(),
  ) {
    this.startedAt = arrived.at;
    this.startedTick = arrived.tick;
  }

  /** Milliseconds since the request arrived. */
  elapsedMs(): number {
    return performance.now() - this.startedTick;
  }

  /** Notes that a step of the gateway is done. */
  mark(step: string): void {
    const atMs = this.elapsedMs();
    const took = `${step};dur=${(atMs - this.markedMs).toFixed(3)}`;
    this.timing = this.timing ? `${this.timing}, ${took}` : took;
    this.markedMs = atMs;
  }

  /** What the gateway itself took, step by step, and the provider so far: the value of a Server-Timing header. */
  serverTiming(): string {
    return this.timing;
  }

  /** Keeps a piece of the answer for the log. */
  capture(chunk: Buffer): void {
    if (this.capturedBytes + chunk.length > CAPTURE_LIMIT_BYTES) {
      if (this.capturedBytes <= CAPTURE_LIMIT_BYTES)
        this.warnings.push('The answer was longer than 32 MB; the log holds its beginning.');
      this.capturedBytes = CAPTURE_LIMIT_BYTES + 1;
      return;
    }
    this.captured.push(chunk);
    this.capturedBytes += chunk.length;
  }

  /** The captured answer, as it went over the wire. */
  answer(): Buffer {
    return this.captured.length === 1 && this.captured[0] ? this.captured[0] : Buffer.concat(this.captured);
  }

  beginAttempt(target: Target, reason: string, sent: Buffer | null): OpenAttempt {
    this.target = target;
    this.error = null;
    const attempt = { target, reason, startedMs: this.elapsedMs(), sent };
    this.openAttempts.push(attempt);
    return attempt;
  }

  /** Closes an attempt; one that is closed stays as it was. */
  endAttempt(attempt: OpenAttempt, statusCode: number | null, outcome: string): void {
    const open = this.openAttempts.indexOf(attempt);
    if (open < 0) return;
    this.openAttempts.splice(open, 1);
    const { credential, provider, model } = attempt.target;
    // To the microsecond: the first one is what the gateway itself added.
    const startedAfterMs = Math.round(attempt.startedMs * 1000) / 1000;
    // In the order they began, though those that ran side by side end in any order.
    const place = this.attempts.findLastIndex((other) => other.startedAfterMs <= startedAfterMs) + 1;
    this.attempts.splice(place, 0, {
      provider: provider.id,
      model,
      credentialSource: credential.source,
      credentialId: credential.id,
      credentialHint: credential.lastFour,
      startedAfterMs,
      durationMs: Math.round(this.elapsedMs() - attempt.startedMs),
      statusCode,
      reason: attempt.reason,
      outcome,
      digests: this.digests(attempt.sent),
    });
  }

  /** Closes what is under way. */
  endAttempts(statusCode: number | null, outcome: string): void {
    for (const attempt of [...this.openAttempts]) this.endAttempt(attempt, statusCode, outcome);
  }

  private digests(sent: Buffer | null): AttemptRecord['digests'] {
    if (!sent || !this.received) return null;
    this.receivedDigest ??= hash('sha256', this.received, 'hex');
    return {
      received: this.receivedDigest,
      sent: sent === this.received ? this.receivedDigest : hash('sha256', sent, 'hex'),
    };
  }

  intent(): LogIntent {
    return {
      id: this.id,
      organizationId: this.caller.organizationId,
      environment: this.target?.credential.simulated ? 'test' : this.caller.environment,
      apiKeyId: this.caller.apiKeyId,
      endpoint: this.endpoint,
      requestedModel: this.requestedModel,
      startedAt: this.startedAt,
      stream: this.stream,
    };
  }

  status(complete: boolean): LogStatus {
    if (this.aborted) return 'aborted';
    return this.error || this.statusCode >= 400 || !complete ? 'error' : 'success';
  }
}
