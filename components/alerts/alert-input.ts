import {
  type AlertValues,
  type AlertView,
  hasPercentile,
  METRICS,
  type Metric,
  typedThreshold,
} from '@/lib/alerts/schema';

/** The form as it is being filled in: what can be typed is text. */
export interface AlertInput {
  readonly name: string;
  readonly metric: Metric;
  readonly percentile: string;
  readonly direction: 'above' | 'below';
  readonly threshold: string;
  readonly windowMinutes: string;
  readonly minimumRequests: string;
  readonly environment: 'production' | 'test';
  readonly model: string;
  readonly provider: string;
  readonly apiKeyId: string;
  readonly customer: string;
  readonly emails: string;
  readonly slackUrl: string;
  readonly keepSlack: boolean;
  readonly webhookUrl: string;
}

/** Stands for "no matter which" where a choice can't be empty. */
export const ANY = '*';

const NEW: AlertInput = {
  ...{ name: '', metric: 'error_rate', percentile: '95', direction: 'above', threshold: '5', windowMinutes: '10' },
  ...{ minimumRequests: '20', environment: 'production', model: '', provider: ANY, apiKeyId: ANY, customer: '' },
  ...{ emails: '', slackUrl: '', keepSlack: false, webhookUrl: '' },
};

export function inputOf(alert: AlertView | null): AlertInput {
  if (!alert) return NEW;
  return {
    ...NEW,
    name: alert.name,
    metric: alert.metric,
    percentile: String(alert.percentile ?? NEW.percentile),
    direction: alert.direction,
    threshold: typedThreshold(alert.metric, alert.threshold),
    windowMinutes: String(alert.windowMinutes),
    minimumRequests: String(alert.minimumRequests),
    environment: alert.environment,
    model: alert.model ?? '',
    provider: alert.provider ?? ANY,
    apiKeyId: alert.apiKeyId ?? ANY,
    customer: alert.customer ?? '',
    emails: alert.emails.join(', '),
    keepSlack: alert.slackUrlHint !== null,
    webhookUrl: alert.webhookUrl ?? '',
  };
}

export function valuesOf(input: AlertInput): AlertValues {
  const { metric, percentile, windowMinutes, minimumRequests, provider, apiKeyId, emails } = input;
  return {
    ...input,
    percentile: hasPercentile(metric) ? Number(percentile) : null,
    windowMinutes: Number(windowMinutes),
    minimumRequests: minimumRequests.trim() === '' ? Number.NaN : Number(minimumRequests),
    provider: provider === ANY ? null : provider,
    apiKeyId: apiKeyId === ANY ? null : apiKeyId,
    emails: emails.split(/[\s,;]+/).filter(Boolean),
  };
}

/** What the threshold is entered in. */
export const UNIT_WORDS = { nano_usd: 'dollars', millionths: 'percent', ms: 'milliseconds', count: 'number' } as const;

export function unitWords(metric: Metric): string {
  return UNIT_WORDS[METRICS[metric].unit];
}
