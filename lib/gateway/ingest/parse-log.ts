import type { Environment, LogRecord } from '../log-record';
import type { GatewayPorts } from '../ports';
import { renameAliases } from './aliases';
import { readContent } from './content';
import { chooseLogId } from './log-id';
import { readKind } from './log-kind';
import { readMetadata } from './metadata';
import { readOutcome } from './outcome';
import { errorsByField, warnOfUnknownFields } from './problems';
import { reportedCost } from './reported-cost';
import { reportedUsage } from './reported-usage';
import { logSchema, type ParsedLog } from './schema';
import { readTiming } from './timing';

export interface LogContext {
  readonly organizationId: string;
  readonly apiKeyId: string;
  readonly environment: Environment;
  /** The log's id, a UUIDv7, unless the caller brings a usable one. */
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly endpoint: string;
  readonly price: GatewayPorts['price'];
}

export type ParseLogResult =
  | { readonly ok: true; readonly record: LogRecord }
  | { readonly ok: false; readonly errors: Record<string, string[]> };

/** A log that was sent to us, as a row to store, or what is wrong with it by field. Never throws, whatever the body. */
export function parseLog(body: unknown, context: LogContext): ParseLogResult {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return refuse('body', 'Send one log as a JSON object.');
  }
  const { fields, sentAs } = renameAliases({ ...body });
  const parsed = logSchema.safeParse(fields);
  if (!parsed.success) return { ok: false, errors: errorsByField(parsed.error, sentAs) };
  const log = parsed.data;
  const kind = readKind(log);
  if (kind.needsModel && !log.model) return refuse('model', `Is required for logs of type "${kind.logType}".`);
  const timing = readTiming(log, context.now);
  if (!timing.ok) return refuse(timing.field, timing.error);
  const content = readContent(log);
  if (!content) return refuse('body', 'Is nested too deeply to be stored.');
  const { id, spare } = chooseLogId(log.unique_id, context.id, context.now, timing.startedAt);
  // An id that we can't store the log by is still the one its sender will look for.
  const customIdentifier = log.custom_identifier ?? spare;
  const metadata = readMetadata(log, customIdentifier === spare ? null : spare);
  if (!metadata.ok) return refuse('metadata', metadata.error);

  const { usage, warning } = reportedUsage(log);
  const call = { provider: kind.provider, model: log.model, startedAt: timing.startedAt };
  const outcome = readOutcome(log);
  const warnings = [...outcome.warnings, ...timing.warnings, warning, kind.warning, ...warnOfUnknownFields(fields)];
  return {
    ok: true,
    record: {
      ...givenByUs(context),
      id,
      ...call,
      logType: kind.logType,
      requestedModel: log.model,
      stream: log.stream ?? false,
      status: outcome.status,
      statusCode: outcome.statusCode,
      errorCause: outcome.status === 'error' ? 'provider' : null,
      errorMessage: log.error_message,
      latencyMs: timing.latencyMs,
      ttftMs: timing.ttftMs,
      usage,
      cost: reportedCost(log, usage, call, context.price),
      warnings: warnings.filter((text) => text !== null),
      ...content,
      ...identifiersOf(log),
      customIdentifier,
      metadata: metadata.metadata,
    },
  };
}

function refuse(field: string, error: string): ParseLogResult {
  return { ok: false, errors: { [field]: [error] } };
}

function identifiersOf(log: ParsedLog): Pick<LogRecord, 'customerIdentifier' | 'threadIdentifier'> {
  return {
    customerIdentifier: log.customer_identifier ?? log.customer_params?.customer_identifier ?? null,
    threadIdentifier: log.session_identifier,
  };
}

/** What a log does not tell us: who sent it we know, and how its call was routed only its sender does. */
function givenByUs({ organizationId, apiKeyId, environment, endpoint }: LogContext) {
  return {
    organizationId,
    apiKeyId,
    environment,
    endpoint,
    simulated: false,
    logMethod: 'logging_api',
    errorType: null,
    stopReason: null,
    credentialSource: null,
    credentialId: null,
    credentialHint: null,
    untouched: false,
    alterations: [],
    attempts: [],
  } as const satisfies Partial<LogRecord>;
}
