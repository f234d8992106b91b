import type { Random } from './random';
import type { Workload } from './workloads';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How busy a workload is at a time, 1 being its average: day and night, weekdays, growth, and the odd burst. */
export function load(workload: Workload, at: number, now: number): number {
  const date = new Date(at);
  const hour = date.getUTCHours() + date.getUTCMinutes() / 60;
  const weekend = date.getUTCDay() === 0 || date.getUTCDay() === 6;
  // Two humps, before and after lunch; what runs at night has the opposite sign.
  const day = Math.exp(-(((hour - 10) / 3) ** 2)) + 0.9 * Math.exp(-(((hour - 15.5) / 2.6) ** 2));
  const night = Math.exp(-(((hour - 2.5) / 1.6) ** 2));
  const human = Math.abs(workload.human);
  const shape = 1 - human + human * (workload.human >= 0 ? 2.4 * day : 6.5 * night);
  const growth = 1.25 - 0.55 * ((now - at) / (30 * DAY_MS));
  return shape * growth * (weekend ? 1 - 0.55 * Math.max(0, workload.human) : 1);
}

/** Something that went wrong for a while. */
interface Incident {
  readonly agoMs: number;
  readonly lastsMs: number;
  readonly failure: Failure;
  readonly probability: number;
  readonly slowdown: number;
  readonly key?: string;
}

export interface Failure {
  readonly statusCode: number;
  readonly cause: 'caller' | 'provider' | 'limit' | 'gateway';
  readonly type: string;
  readonly message: string;
}

export const OVERLOADED: Failure = {
  statusCode: 529,
  cause: 'provider',
  type: 'overloaded_error',
  message: 'Overloaded',
};
const RATE_LIMITED: Failure = {
  statusCode: 429,
  cause: 'provider',
  type: 'rate_limit_error',
  message: 'This request would exceed your organization’s rate limit of 400,000 output tokens per minute.',
};
const TOO_LONG: Failure = {
  statusCode: 400,
  cause: 'caller',
  type: 'invalid_request_error',
  message: 'prompt is too long: 1048211 tokens > 1000000 maximum',
};
const BAD_FIELD: Failure = {
  statusCode: 400,
  cause: 'caller',
  type: 'invalid_request_error',
  message: '`temperature` is deprecated for this model.',
};
const BROKEN: Failure = { statusCode: 500, cause: 'provider', type: 'api_error', message: 'Internal server error' };
const UNREACHABLE: Failure = {
  statusCode: 502,
  cause: 'gateway',
  type: 'provider_unreachable',
  message: 'The provider could not be reached: the connection was closed before an answer came.',
};
const OVER_LIMIT: Failure = {
  statusCode: 429,
  cause: 'limit',
  type: 'rate_limit_exceeded',
  message: 'This key may make 600 requests a minute. Try again in 12 seconds.',
};

const INCIDENTS: readonly Incident[] = [
  { agoMs: 6 * HOUR_MS, lastsMs: 0.7 * HOUR_MS, failure: OVERLOADED, probability: 0.22, slowdown: 2.6 },
  {
    agoMs: 2.4 * DAY_MS,
    lastsMs: 3 * HOUR_MS,
    failure: BAD_FIELD,
    probability: 0.3,
    slowdown: 1,
    key: 'support-triage',
  },
  { agoMs: 4.3 * DAY_MS, lastsMs: 1.2 * HOUR_MS, failure: RATE_LIMITED, probability: 0.35, slowdown: 1.4 },
  { agoMs: 9.1 * DAY_MS, lastsMs: 2.5 * HOUR_MS, failure: OVERLOADED, probability: 0.4, slowdown: 3.4 },
  { agoMs: 17.6 * DAY_MS, lastsMs: 0.5 * HOUR_MS, failure: UNREACHABLE, probability: 0.7, slowdown: 1 },
];

/** What goes wrong all the time, in small numbers. */
const USUAL: readonly { readonly failure: Failure; readonly probability: number }[] = [
  { failure: RATE_LIMITED, probability: 0.0022 },
  { failure: OVERLOADED, probability: 0.0016 },
  { failure: TOO_LONG, probability: 0.0012 },
  { failure: BROKEN, probability: 0.0007 },
  { failure: OVER_LIMIT, probability: 0.0006 },
  { failure: UNREACHABLE, probability: 0.0003 },
];

/** How a request fares at a time: what fails it, if anything, and how much slower the provider is than usual. */
export function fortune(
  workload: Workload,
  at: number,
  now: number,
  random: Random,
): { failure: Failure | null; slowdown: number } {
  const going = INCIDENTS.filter(
    ({ agoMs, lastsMs, key }) => at >= now - agoMs && at < now - agoMs + lastsMs && (!key || key === workload.key),
  );
  const slowdown = going.reduce((product, incident) => product * incident.slowdown, 1);
  if (workload.logMethod === 'logging_api') return { failure: null, slowdown };
  const failed = [...going, ...USUAL].find(({ probability }) => random.chance(probability));
  return { failure: failed?.failure ?? null, slowdown };
}
