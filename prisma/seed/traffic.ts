import type { AttemptRecord, LogRecord } from '@/lib/gateway/log-record';
import { NO_USAGE, type Usage } from '@/lib/gateway/usage';
import { priceUsage } from '@/lib/pricing/price';
import { bodiesOf } from './bodies';
import { type Random, randomFrom } from './random';
import { type Failure, fortune, load } from './timeline';
import { WORKLOADS, type Workload } from './workloads';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

export interface TrafficOptions {
  readonly organizationId: string;
  /** Ids of the keys by the names of the workloads. */
  readonly keyIds: ReadonlyMap<string, string>;
  readonly credential: { readonly id: string; readonly lastFour: string };
  readonly from: number;
  readonly to: number;
  /** Requests on an average day. */
  readonly perDay: number;
}

/** Believable logs from one time to another, oldest first. The same options give the same logs. */
export function* traffic(options: TrafficOptions): Generator<LogRecord> {
  const { from, to, perDay, organizationId } = options;
  const total = WORKLOADS.reduce((sum, { weight }) => sum + weight, 0);
  for (let minute = from - (from % MINUTE_MS); minute <= to; minute += MINUTE_MS) {
    const random = randomFrom(`${organizationId}:${minute}`);
    for (const workload of WORKLOADS) {
      const mean = ((perDay / 1440) * workload.weight * load(workload, minute, to)) / total;
      for (let count = random.poisson(mean); count > 0; count--) {
        const at = minute + random.whole(0, MINUTE_MS - 1);
        if (at >= from && at <= to) yield request(options, workload, at, random);
      }
    }
  }
}

function request(options: TrafficOptions, workload: Workload, at: number, random: Random): LogRecord {
  const daysAgo = (options.to - at) / DAY_MS;
  const inUse = workload.models.filter(
    ({ sinceDays = Infinity, untilDays = -Infinity }) => daysAgo <= sinceDays && daysAgo > untilDays,
  );
  const [firstModel = workload.models[0], ...others] = inUse;
  const { model } = random.weighted([firstModel, ...others]);
  const turn = random.pick(workload.turns);
  const { failure, slowdown } = fortune(workload, at, options.to, random);
  const left = !failure && workload.stream && workload.logMethod === 'inference' && random.chance(0.011);
  const heard = left ? random.between(0.2, 0.8) : 1;
  const usage = failure ? null : usageOf(workload, model, heard, random);
  const retried = workload.logMethod === 'inference' && failure?.cause !== 'limit' && random.chance(0.018);
  const timing = timingOf(workload, model, usage, failure, retried, slowdown, random);
  const provider = model.startsWith('claude') ? 'anthropic' : null;
  const credential = workload.logMethod === 'inference' && failure?.cause !== 'limit' ? options.credential : null;
  const messageId = `01${random.hex(20)}`;
  const customer =
    workload.customers > 0 && random.chance(0.9) ? `customer-${random.whole(1, workload.customers)}` : null;
  return {
    id: idAt(at, random),
    organizationId: options.organizationId,
    environment: workload.environment,
    simulated: workload.simulated,
    logMethod: workload.logMethod,
    logType: 'chat',
    apiKeyId: options.keyIds.get(workload.key) ?? null,
    endpoint: workload.endpoint,
    provider,
    requestedModel: model,
    model,
    stream: workload.stream,
    status: failure ? 'error' : left ? 'aborted' : 'success',
    statusCode: failure?.statusCode ?? (left ? 499 : 200),
    errorCause: failure?.cause ?? null,
    errorType: failure?.type ?? null,
    errorMessage: failure?.message ?? null,
    stopReason: failure || left ? null : 'end_turn',
    startedAt: at,
    ...timing,
    usage,
    cost: usage && provider ? priceUsage({ provider, model, usage, at: new Date(at) }) : null,
    credentialSource: credential ? 'integration' : null,
    credentialId: credential?.id ?? null,
    credentialHint: credential?.lastFour ?? null,
    untouched: workload.endpoint === '/api/anthropic/v1/messages',
    alterations: workload.endpoint === '/api/chat/completions' ? ['translated to the Anthropic Messages API'] : [],
    warnings: [],
    attempts: credential ? attemptsOf(options, model, timing.latencyMs, failure, retried) : [],
    promptPreview: turn.prompt,
    replyPreview: failure ? failure.message : (turn.reply.split('\n')[0] ?? null),
    customerIdentifier: customer,
    threadIdentifier: null,
    customIdentifier: null,
    metadata: customer ? { release: daysAgo > 12 ? '2026.44' : '2026.46' } : null,
    payload: bodiesOf({ workload, model, turn, usage: usage ?? NO_USAGE, failure, heard, messageId }),
  };
}

function usageOf(workload: Workload, model: string, heard: number, random: Random): Usage {
  const cached = workload.prefixTokens > 0 && random.chance(0.87);
  const writes = workload.prefixTokens > 0 && !cached;
  const outputTokens = Math.max(1, Math.round(random.logNormal(workload.outputTokens, 0.6) * heard));
  return {
    ...NO_USAGE,
    inputTokens: Math.max(8, Math.round(random.logNormal(workload.inputTokens, 0.55))),
    outputTokens,
    cacheReadTokens: cached ? workload.prefixTokens : 0,
    cacheWrite5mTokens: writes && !model.includes('opus') ? workload.prefixTokens : 0,
    cacheWrite1hTokens: writes && model.includes('opus') ? workload.prefixTokens : 0,
    reasoningTokens: workload.thinks ? Math.round(outputTokens * 0.4) : 0,
    serviceTier: 'standard',
    estimated: heard < 1,
  };
}

/** When a second attempt begins: a refusal, and the wait after it. */
const RETRY_MS = 700;

/** First byte and tokens a second, by the size of the model. */
const PACE: readonly { readonly of: string; readonly firstMs: number; readonly perSecond: number }[] = [
  { of: 'haiku', firstMs: 260, perSecond: 210 },
  { of: 'sonnet', firstMs: 540, perSecond: 118 },
  { of: 'opus', firstMs: 880, perSecond: 82 },
  { of: '', firstMs: 1300, perSecond: 60 },
];

function timingOf(
  workload: Workload,
  model: string,
  usage: Usage | null,
  failure: Failure | null,
  retried: boolean,
  slowdown: number,
  random: Random,
): { latencyMs: number; ttftMs: number | null } {
  const pace = PACE.find(({ of }) => model.includes(of)) ?? { firstMs: 1000, perSecond: 80 };
  const answersMs = random.logNormal(pace.firstMs, 0.38) * slowdown * (random.chance(0.012) ? 5 : 1);
  const firstMs = Math.round(answersMs) + (retried ? RETRY_MS : 0);
  if (failure) return { latencyMs: failure.cause === 'limit' ? random.whole(1, 4) : firstMs, ttftMs: null };
  const writingMs = ((usage?.outputTokens ?? 0) / random.logNormal(pace.perSecond, 0.2)) * 1000 * Math.sqrt(slowdown);
  return { latencyMs: firstMs + Math.round(writingMs), ttftMs: workload.stream ? firstMs : null };
}

function attemptsOf(
  { credential }: TrafficOptions,
  model: string,
  latencyMs: number,
  failure: Failure | null,
  retried: boolean,
): AttemptRecord[] {
  const shared = {
    provider: 'anthropic',
    model,
    credentialSource: 'integration',
    credentialId: credential.id,
    credentialHint: credential.lastFour,
    digests: null,
  } as const;
  const outcome = failure ? `${failure.type}: ${failure.message}` : 'ok';
  const last = { durationMs: latencyMs, statusCode: failure?.statusCode ?? 200, outcome };
  if (!retried) return [{ ...shared, ...last, startedAfterMs: 1, reason: 'first choice' }];
  const refused = { startedAfterMs: 1, durationMs: 180, statusCode: 429, outcome: 'rate_limit_error' };
  return [
    { ...shared, ...refused, reason: 'first choice' },
    { ...shared, ...last, startedAfterMs: RETRY_MS, durationMs: latencyMs - RETRY_MS, reason: 'retry after 429' },
  ];
}

/** A UUIDv7 of that millisecond. */
function idAt(at: number, random: Random): string {
  const time = at.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.hex(3)}-8${random.hex(3)}-${random.hex(12)}`;
}
