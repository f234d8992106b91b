import { z } from 'zod';
import { formatCount, formatDurationMs, formatMoney, formatPlural, formatRate } from '@/lib/format';
import { nanoUsdFromDecimal, nanoUsdToDecimal } from '@/lib/money/nano-usd';

/** What can be watched. `unit` is that of the threshold and of what is measured; `byCustomer`: whether customers are counted so. */
export const METRICS = {
  cost: { label: 'Cost', unit: 'nano_usd', byCustomer: true },
  average_cost: { label: 'Cost per request', unit: 'nano_usd', byCustomer: true },
  error_rate: { label: 'Error rate', unit: 'millionths', byCustomer: true },
  errors: { label: 'Errors', unit: 'count', byCustomer: true },
  latency: { label: 'Latency', unit: 'ms', byCustomer: false },
  ttft: { label: 'Time to first token', unit: 'ms', byCustomer: false },
  requests: { label: 'Requests', unit: 'count', byCustomer: true },
  tokens: { label: 'Tokens', unit: 'count', byCustomer: false },
} as const satisfies Record<string, { label: string; unit: string; byCustomer: boolean }>;
export type Metric = keyof typeof METRICS;
export type Unit = (typeof METRICS)[Metric]['unit'];

export const metricSchema = z.enum(Object.keys(METRICS) as [Metric, ...Metric[]]);
export const PERCENTILES = [50, 90, 95, 99] as const;
export const WINDOWS_MINUTES = [5, 10, 15, 30, 60, 360, 1440, 10_080] as const;
/** Customers are counted by the hour. */
export const CUSTOMER_WINDOW_MINUTES = 60;
const EMAILS_MAX = 10;

export function hasPercentile(metric: Metric): boolean {
  return METRICS[metric].unit === 'ms';
}

/**
 * A threshold as it is typed: dollars, percent, milliseconds or a count.
 * @returns nano-dollars, millionths of 1, milliseconds or a count; null where it is none
 */
export function parseThreshold(metric: Metric, typed: string): bigint | null {
  const text = typed.trim().replace(/^\$\s*|\s*%$/g, '');
  if (!/^\d{1,12}(\.\d{1,9})?$/.test(text)) return null;
  const { unit } = METRICS[metric];
  if (unit === 'nano_usd') return nanoUsdFromDecimal(text);
  if (unit === 'millionths')
    return nanoUsdFromDecimal(text) <= 100_000_000_000n ? nanoUsdFromDecimal(text) / 100_000n : null;
  return /^\d+$/.test(text) ? BigInt(text) : null;
}

const THRESHOLD_RULES: Readonly<Record<Unit, string>> = {
  nano_usd: 'Enter an amount in dollars, such as 25 or 0.05.',
  millionths: 'Enter a percentage from 0 to 100, such as 5 or 0.5.',
  ms: 'Enter whole milliseconds, such as 3000.',
  count: 'Enter a whole number.',
};
const MINIMUM_RULE = 'Enter a whole number from 0 to 1,000,000.';
const narrowed = z
  .string()
  .trim()
  .max(255)
  .nullable()
  .transform((text) => text || null);
const includes = (list: readonly number[]) => (value: number) => list.includes(value);

/** What the form sends. */
export const alertSchema = z
  .object({
    name: z.string().trim().min(1, 'Give the alert a name.').max(80, 'A name has at most 80 characters.'),
    metric: metricSchema,
    percentile: z.number().refine(includes(PERCENTILES)).nullable(),
    direction: z.enum(['above', 'below']),
    /** As typed: dollars, percent, milliseconds or a count. */
    threshold: z.string(),
    windowMinutes: z.number().refine(includes(WINDOWS_MINUTES)),
    minimumRequests: z.number(MINIMUM_RULE).int(MINIMUM_RULE).min(0, MINIMUM_RULE).max(1_000_000, MINIMUM_RULE),
    environment: z.enum(['production', 'test']),
    model: narrowed,
    provider: narrowed,
    apiKeyId: z.guid('Choose one of the keys.').nullable(),
    customer: narrowed,
    emails: z
      .array(z.email('Write full addresses, separated by commas.'))
      .max(EMAILS_MAX, `An alert has at most ${EMAILS_MAX} addresses.`),
    slackUrl: z.string().trim().max(2000),
    /** Of an alert that has one: an empty slackUrl leaves it. */
    keepSlack: z.boolean(),
    webhookUrl: z.string().trim().max(2000),
  })
  .check(({ value, issues }) => {
    const refuse = (path: string, message: string) =>
      issues.push({ code: 'custom', message, input: value, path: [path] });
    const { metric, customer, windowMinutes } = value;
    if (parseThreshold(metric, value.threshold) === null) refuse('threshold', THRESHOLD_RULES[METRICS[metric].unit]);
    if (hasPercentile(metric) && value.percentile === null) refuse('percentile', 'Choose a percentile.');
    if (customer === null) return;
    if (!METRICS[metric].byCustomer) refuse('metric', `${METRICS[metric].label} is not counted by customer.`);
    if (windowMinutes < CUSTOMER_WINDOW_MINUTES)
      refuse('windowMinutes', 'Customers are counted by the hour: choose an hour or more.');
    if (value.model !== null || value.provider !== null || value.apiKeyId !== null)
      refuse('customer', 'Customers are not counted by model, provider or key. Choose one or the other.');
  });
export type AlertValues = z.infer<typeof alertSchema>;

export const CHANNELS = ['email', 'slack', 'webhook'] as const;
export type Channel = (typeof CHANNELS)[number];

/** One way to tell of one event, and how that went. */
export const deliverySchema = z.object({
  channel: z.enum(CHANNELS),
  /** An address, or the host of one. */
  to: z.string(),
  state: z.enum(['pending', 'sent', 'failed']),
  attempts: z.number().int(),
  error: z.string().nullable(),
});
export type Delivery = z.infer<typeof deliverySchema>;

/** A measure and its bounds; amounts as text in the metric's unit. */
export interface Condition {
  readonly metric: Metric;
  readonly percentile: number | null;
  readonly direction: 'above' | 'below';
  readonly threshold: string;
  readonly windowMinutes: number;
}

export interface AlertView extends Condition {
  readonly id: string;
  readonly name: string;
  readonly minimumRequests: number;
  readonly environment: 'production' | 'test';
  readonly model: string | null;
  readonly provider: string | null;
  readonly apiKeyId: string | null;
  readonly customer: string | null;
  readonly emails: readonly string[];
  readonly slackUrlHint: string | null;
  readonly webhookUrl: string | null;
  readonly enabled: boolean;
  readonly firingSince: Date | null;
  readonly evaluatedAt: Date | null;
  /** As it was measured last, in the unit of the threshold; null where there was nothing to measure. */
  readonly value: string | null;
  readonly requests: number | null;
}

export const EVENT_KINDS = ['fired', 'resolved', 'test'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

export interface AlertEventView {
  readonly id: string;
  readonly alertId: string;
  readonly alertName: string;
  readonly kind: EventKind;
  readonly at: Date;
  readonly detail: string;
  readonly deliveries: readonly Delivery[];
}

/** A value of a metric in words: `$25.00`, `5 %`, `3.00 s`, `1,204`. @param value in the metric's unit */
export function formatValue(metric: Metric, value: bigint | string | null): string {
  if (value === null) return '—';
  const { unit } = METRICS[metric];
  if (unit === 'nano_usd') return formatMoney(value);
  if (unit === 'millionths') return formatRate(Number(value) / 1e6);
  if (unit === 'ms') return formatDurationMs(Number(value));
  return formatCount(Number(value));
}

/** `Error rate`, `p95 latency`. */
export function metricName({ metric, percentile }: Pick<Condition, 'metric' | 'percentile'>): string {
  const { label } = METRICS[metric];
  return percentile === null ? label : `p${percentile} ${label.toLowerCase()}`;
}

/** `5 minutes`, `1 hour`, `7 days`. */
export function formatWindow(minutes: number): string {
  if (minutes < 60) return formatPlural(minutes, 'minute');
  if (minutes < 1440) return formatPlural(minutes / 60, 'hour');
  return formatPlural(minutes / 1440, 'day');
}

/** `Error rate above 5 % over 10 minutes`. */
export function conditionInWords(condition: Condition): string {
  const { metric, direction, threshold, windowMinutes } = condition;
  return `${metricName(condition)} ${direction} ${formatValue(metric, threshold)} over ${formatWindow(windowMinutes)}`;
}

/** A threshold as it would be typed. */
export function typedThreshold(metric: Metric, threshold: string): string {
  const { unit } = METRICS[metric];
  if (unit === 'nano_usd') return nanoUsdToDecimal(BigInt(threshold));
  return unit === 'millionths' ? nanoUsdToDecimal(BigInt(threshold) * 100_000n) : threshold;
}
