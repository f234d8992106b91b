import type { Cost } from './cost';
import type { Usage } from './usage';

export type Environment = 'production' | 'test';
export type CredentialSource = 'override' | 'customer' | 'integration' | 'credits';
export type ErrorCause = 'caller' | 'provider' | 'limit' | 'gateway';
export type LogStatus = 'success' | 'error' | 'aborted' | 'interrupted';

/** One try at a target. */
export interface AttemptRecord {
  readonly provider: string;
  readonly model: string;
  readonly credentialSource: CredentialSource;
  readonly credentialId: string | null;
  /** Last four characters of the credential. */
  readonly credentialHint: string;
  /** Milliseconds after the request arrived. */
  readonly startedAfterMs: number;
  readonly durationMs: number;
  /** Null where no answer came. */
  readonly statusCode: number | null;
  /** Why this target was chosen: "first choice", "retry after 429", "fallback after 529". */
  readonly reason: string;
  /** Why the attempt ended: "ok", or the error in words. */
  readonly outcome: string;
  /** SHA-256 of the body the caller sent and of the one sent to the provider, in hex: the same where it is untouched. Null without a body. */
  readonly digests: { readonly received: string; readonly sent: string } | null;
}

/** A request or an answer: a large one is copied once less when it stays the bytes that went over the wire. */
export type LoggedBody = string | Buffer;

/** One request's story, as the journal keeps it and the log writer stores it. Plain JSON but for bodies and the cost's bigint. */
export interface LogRecord {
  /** UUIDv7. */
  readonly id: string;
  readonly organizationId: string;
  readonly environment: Environment;
  readonly simulated: boolean;
  readonly logMethod: 'inference' | 'logging_api';
  readonly logType: string;
  readonly apiKeyId: string | null;
  readonly endpoint: string;
  readonly provider: string | null;
  readonly requestedModel: string | null;
  readonly model: string | null;
  readonly stream: boolean;
  readonly status: LogStatus;
  readonly statusCode: number;
  readonly errorCause: ErrorCause | null;
  readonly errorType: string | null;
  readonly errorMessage: string | null;
  readonly stopReason: string | null;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly latencyMs: number | null;
  /** Request start to first content, null where nothing was streamed. */
  readonly ttftMs: number | null;
  readonly usage: Usage | null;
  /** Null where the price is unknown or nothing was used. */
  readonly cost: Cost | null;
  /**
   * What of the cost credits pay, in whole nano-dollars: calls of one request may be paid by different credentials. Absent on
   * logs of before it was kept, where credits pay all or nothing, as the last target says.
   */
  readonly owedNanoUsd?: string | undefined;
  readonly credentialSource: CredentialSource | null;
  readonly credentialId: string | null;
  readonly credentialHint: string | null;
  readonly untouched: boolean;
  readonly alterations: readonly string[];
  readonly warnings: readonly string[];
  readonly attempts: readonly AttemptRecord[];
  readonly promptPreview: string | null;
  readonly replyPreview: string | null;
  readonly customerIdentifier: string | null;
  readonly threadIdentifier: string | null;
  readonly customIdentifier: string | null;
  readonly metadata: Readonly<Record<string, unknown>> | null;
  readonly payload: {
    readonly request: LoggedBody | null;
    readonly response: LoggedBody | null;
    readonly requestHeaders: Readonly<Record<string, string>> | null;
    readonly responseHeaders: Readonly<Record<string, string>> | null;
  } | null;
}

/** Written before the upstream call. Without an outcome it becomes a log with status "interrupted". */
export type LogIntent = Pick<
  LogRecord,
  'id' | 'organizationId' | 'environment' | 'apiKeyId' | 'endpoint' | 'requestedModel' | 'startedAt' | 'stream'
>;
