import { uuidv7 } from 'uuidv7';
import { type Measured, measure } from '@/lib/analytics/measure';
import { backgroundContext } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { formatPlural } from '@/lib/format';
import { firstDeliveries } from './deliver';
import type { StoredAlert } from './mutations';
import { alertView } from './queries';
import { type AlertView, conditionInWords, type EventKind, formatValue, formatWindow, metricName } from './schema';

const MINUTE_MS = 60_000;

export interface Reading {
  /** In the metric's unit; null where there was nothing to measure. */
  readonly value: bigint | null;
  readonly requests: number;
}

/**
 * Measures one alert now and notes where it begins or ends to fire, once: also where two processes do it at the same time.
 * @returns what it noted, if anything
 */
export async function evaluateAlert(stored: StoredAlert, now: Date): Promise<'fired' | 'resolved' | null> {
  const alert = alertView(stored);
  const reading = await readAlert(stored.organizationId, alert, now);
  const { organizationId, id } = stored;
  const isOut = isOutOfBounds(alert, reading);
  const measured = { evaluatedAt: now, value: reading.value, requests: BigInt(reading.requests) };
  // What a person changed meanwhile is measured anew in the next round.
  const as = { organizationId, id, enabled: true, evaluatedAt: stored.evaluatedAt };
  if (isOut === (stored.firingSince !== null)) {
    await db().alert.updateMany({ where: as, data: measured });
    return null;
  }
  const kind = isOut ? 'fired' : 'resolved';
  return db().$transaction(async (tx) => {
    const where = { ...as, firingSince: stored.firingSince };
    const { count } = await tx.alert.updateMany({ where, data: { ...measured, firingSince: isOut ? now : null } });
    if (count === 0) return null;
    await tx.alertEvent.create({ data: eventOf(stored, alert, kind, reading, now) });
    return kind;
  });
}

/** What an alert's measure is at this moment. */
export async function readAlert(organizationId: string, alert: AlertView, now: Date): Promise<Reading> {
  const to = now;
  const from = new Date(now.getTime() - alert.windowMinutes * MINUTE_MS);
  const durations = alert.percentile !== null;
  const measured = await measure(backgroundContext(organizationId), { from, to }, alert, { durations });
  return { value: measuredValue(alert, measured), requests: measured.requests };
}

function measuredValue({ metric, percentile }: AlertView, measured: Measured): bigint | null {
  const { requests, errors, costNanoUsd, tokens, durations } = measured;
  switch (metric) {
    case 'cost':
      return costNanoUsd;
    case 'average_cost':
      return requests === 0 ? null : costNanoUsd / BigInt(requests);
    case 'error_rate':
      return requests === 0 ? null : BigInt(Math.round((errors / requests) * 1e6));
    case 'errors':
      return BigInt(errors);
    case 'requests':
      return BigInt(requests);
    case 'tokens':
      return tokens === null ? null : BigInt(tokens);
    case 'latency':
    case 'ttft': {
      const [ms] = durations?.[metric].percentiles((percentile ?? 50) / 100) ?? [null];
      return ms === null || ms === undefined ? null : BigInt(Math.round(ms));
    }
  }
}

function isOutOfBounds({ direction, threshold, minimumRequests }: AlertView, { value, requests }: Reading): boolean {
  if (value === null || requests < minimumRequests) return false;
  return direction === 'above' ? value > BigInt(threshold) : value < BigInt(threshold);
}

/** The row that tells of it, with everything still to be sent. */
export function eventOf(stored: StoredAlert, alert: AlertView, kind: EventKind, reading: Reading, now: Date) {
  return {
    organizationId: stored.organizationId,
    id: uuidv7(),
    alertId: stored.id,
    kind,
    at: now,
    title: `${TITLES[kind]}: ${alert.name}`,
    detail: detailOf(alert, kind, reading),
    value: reading.value,
    requests: BigInt(reading.requests),
    deliveries: firstDeliveries(stored),
    nextAttemptAt: now,
  };
}

const TITLES: Readonly<Record<EventKind, string>> = { fired: 'Alert', resolved: 'Resolved', test: 'Test' };

function detailOf(alert: AlertView, kind: EventKind, { value, requests }: Reading): string {
  const { metric, direction, threshold, windowMinutes } = alert;
  const window = `the last ${formatWindow(windowMinutes)}`;
  const among = metric === 'requests' ? '' : ` (${formatPlural(requests, 'request')})`;
  if (kind === 'test') return `This is a test. The alert watches: ${conditionInWords(alert)}.`;
  if (kind === 'resolved' && requests < alert.minimumRequests)
    return `Only ${formatPlural(requests, 'request')} in ${window}: too few to go on.`;
  const is = `${metricName(alert)} in ${window}: ${formatValue(metric, value)}${among}`;
  return kind === 'fired'
    ? `${is}, ${direction} ${formatValue(metric, threshold)}.`
    : `${is}, no longer ${direction} ${formatValue(metric, threshold)}.`;
}

/** Alerts that were not measured in this many milliseconds, of all organizations. */
export function dueAlerts(now: Date, everyMs: number): Promise<StoredAlert[]> {
  return db().alert.findMany({
    where: { enabled: true, OR: [{ evaluatedAt: null }, { evaluatedAt: { lte: new Date(now.getTime() - everyMs) } }] },
    omit: { slackUrlSealed: false, webhookSecretSealed: false },
    orderBy: { evaluatedAt: { sort: 'asc', nulls: 'first' } },
  });
}
