import { z } from 'zod';
import { db } from '@/lib/db/client';
import type { AlertEventModel } from '@/lib/db/generated/models';
import { unseal } from '@/lib/db/seal';
import { env } from '@/lib/env';
import { Sender } from '@/lib/webhooks/send';
import { Mailer } from './email';
import { type StoredAlert, secretOwner, slackOwner } from './mutations';
import { alertView } from './queries';
import { conditionInWords, type Delivery, deliverySchema, METRICS } from './schema';

/** Between one attempt and the next. After the last one it is given up. */
const RETRY_AFTER_MS = [30_000, 60_000, 300_000, 900_000, 3_600_000] as const;

/** Everyone an alert tells, before anything was sent. */
export function firstDeliveries({ emails, slackUrlHint, webhookUrl }: StoredAlert): Delivery[] {
  const pending = { state: 'pending', attempts: 0, error: null } as const;
  return [
    ...emails.map((to) => ({ channel: 'email' as const, to, ...pending })),
    ...(slackUrlHint ? [{ channel: 'slack' as const, to: slackUrlHint, ...pending }] : []),
    ...(webhookUrl ? [{ channel: 'webhook' as const, to: new URL(webhookUrl).host, ...pending }] : []),
  ];
}

/** Tells of events: email, Slack, webhooks. One for as long as there are some. */
export class Deliverer {
  readonly #sender = new Sender();
  readonly #mailer = new Mailer();

  /**
   * Sends what is pending of an event and writes down how it went.
   * @param patient whether what fails is tried again later; else it is given up at once
   */
  async deliver(event: AlertEventModel, alert: StoredAlert, now: Date, patient = true): Promise<Delivery[]> {
    const before = z.array(deliverySchema).parse(event.deliveries);
    const deliveries = await Promise.all(
      before.map((delivery) =>
        delivery.state === 'pending' ? this.#attempt(delivery, event, alert, patient) : delivery,
      ),
    );
    const attempts = Math.max(0, ...deliveries.map((one) => (one.state === 'pending' ? one.attempts : 0)));
    const waitMs = RETRY_AFTER_MS[attempts - 1];
    const nextAttemptAt = waitMs === undefined ? null : new Date(now.getTime() + waitMs);
    const where = { organizationId: event.organizationId, id: event.id };
    // The alert may have been removed meanwhile, and its events with it.
    await db().alertEvent.updateMany({ where, data: { deliveries, nextAttemptAt } });
    return deliveries;
  }

  async close(): Promise<void> {
    this.#mailer.close();
    await this.#sender.close();
  }

  async #attempt(delivery: Delivery, event: AlertEventModel, alert: StoredAlert, patient: boolean): Promise<Delivery> {
    const attempts = delivery.attempts + 1;
    const error = await this.#send(delivery, event, alert).catch(() => 'Its secret can not be opened. Enter it anew.');
    if (error === null) return { ...delivery, attempts, state: 'sent', error: null };
    const isLast = !patient || attempts > RETRY_AFTER_MS.length;
    return { ...delivery, attempts, state: isLast ? 'failed' : 'pending', error };
  }

  /** @returns why it was not accepted, or null */
  async #send({ channel, to }: Delivery, event: AlertEventModel, alert: StoredAlert): Promise<string | null> {
    const link = `${env().APP_URL ?? ''}/alerts`;
    if (channel === 'email') return this.#mailer.send(to, event.title, `${event.detail}\n\n${link}\n`);
    if (channel === 'slack') {
      if (!alert.slackUrlSealed) return 'It was removed from the alert.';
      const url = unseal(alert.slackUrlSealed, slackOwner(alert, alert.id));
      const text = `*${escaped(event.title)}*\n${escaped(event.detail)} <${link}|Open>`;
      return (await this.#sender.post(url, JSON.stringify({ text }), null)).error;
    }
    if (!alert.webhookUrl || !alert.webhookSecretSealed) return 'It was removed from the alert.';
    const secret = unseal(alert.webhookSecretSealed, secretOwner(alert, alert.id));
    return (await this.#sender.post(alert.webhookUrl, messageOf(event, alert), secret)).error;
  }
}

/** What a webhook receives. Amounts are whole numbers in the unit that is named. */
function messageOf(event: AlertEventModel, stored: StoredAlert): string {
  const alert = alertView(stored);
  const { id, name, metric, percentile, direction, windowMinutes, minimumRequests, environment } = alert;
  const { model, provider, apiKeyId, customer } = alert;
  return JSON.stringify({
    id: event.id,
    type: `alert.${event.kind}`,
    at: event.at.toISOString(),
    title: event.title,
    detail: event.detail,
    value: event.value === null ? null : Number(event.value),
    requests: Number(event.requests),
    alert: {
      id,
      name,
      condition: conditionInWords(alert),
      metric,
      percentile,
      direction,
      threshold: Number(alert.threshold),
      unit: METRICS[metric].unit,
      window_minutes: windowMinutes,
      minimum_requests: minimumRequests,
      environment,
      model,
      provider_id: provider,
      organization_key_id: apiKeyId,
      customer_identifier: customer,
    },
  });
}

/** Slack reads these three as markup. */
function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
