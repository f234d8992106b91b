import { backgroundContext } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import { readApiLogs } from '@/lib/logs/api/read';
import { pythonJson } from './body';
import { openWebhookSecret } from './mutations';
import {
  claim,
  type Delivery,
  giveBack,
  type Outcome,
  pause,
  removeOrphans,
  settle,
  type WebhookKey,
  webhooksDue,
} from './queue';
import { Sender, type Sent } from './send';

export interface DeliveryOptions {
  readonly report: (message: string, error?: unknown) => void;
  /** Milliseconds from one look into the queue to the next. */
  readonly everyMs?: number;
  /** Milliseconds that a taken delivery stays out of other processes' sight. */
  readonly leaseMs?: number;
  /** Milliseconds that a receiver may take. */
  readonly timeoutMs?: number;
}

export interface Deliveries {
  /** Ends after the deliveries in hand. */
  stop(): Promise<void>;
}

const EVERY_MS = 1000;
/** Longer than a batch can take: each of its rounds is as long as a receiver may take. */
const LEASE_MS = 120_000;
const BATCH = 40;
const AT_ONCE = 8;
/** A message that is longer is sent without the bodies. */
const LONGEST_BODY = 1024 * 1024;
const ORPHANS_EVERY_MS = 3_600_000;

/** Sends new logs to the webhooks that want them, for as long as the process lives. Every process on the database takes part. */
export function deliverWebhooks(options: DeliveryOptions): Deliveries {
  const running = new Map<string, Promise<void>>();
  const sender = new Sender(options.timeoutMs);
  const { report, everyMs = EVERY_MS } = options;
  let stopped = false;
  let orphansAt = Date.now();
  let looking: Promise<void> = Promise.resolve();
  let timer = setTimeout(look, everyMs).unref();

  function look(): void {
    looking = begin()
      .catch((error: unknown) => report('Webhooks could not be read.', error))
      .finally(() => {
        if (!stopped) timer = setTimeout(look, everyMs).unref();
      });
  }

  async function begin(): Promise<void> {
    for (const webhook of await webhooksDue(new Date())) {
      // One that is slow keeps no other waiting.
      if (stopped || running.has(webhook.id)) continue;
      const run = drain(webhook)
        .catch((error: unknown) => report('Logs could not be sent to a webhook.', error))
        .finally(() => running.delete(webhook.id));
      running.set(webhook.id, run);
    }
    if (Date.now() - orphansAt < ORPHANS_EVERY_MS) return;
    orphansAt = Date.now();
    await removeOrphans();
  }

  async function drain(webhook: WebhookKey): Promise<void> {
    const hands = { sender, leaseMs: options.leaseMs ?? LEASE_MS, isStopped: () => stopped };
    while (!stopped && (await deliverBatch(webhook, hands)));
  }

  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await looking;
      await Promise.all(running.values());
      await sender.close();
    },
  };
}

interface Hands {
  readonly sender: Sender;
  readonly leaseMs: number;
  isStopped(): boolean;
}

/**
 * What was sent is noted, whatever becomes of the rest.
 * @returns whether there may be more to send at once
 */
async function deliverBatch({ organizationId, id }: WebhookKey, hands: Hands): Promise<boolean> {
  const webhook = await db().webhook.findFirst({ where: { organizationId, id }, omit: { secretSealed: false } });
  if (!webhook || webhook.pausedAt) return false;
  if (webhook.retryAt && webhook.retryAt > new Date()) return false;
  const secret = await secretOrPause(webhook);
  if (secret === null) return false;
  // While it fails, one delivery tries whether it is back.
  const left = await claim(webhook, webhook.failingSince ? 1 : BATCH, hands.leaseMs, new Date());
  if (left.length === 0) return false;
  const outcomes: Outcome[] = [];
  const next = () => (hands.isStopped() ? undefined : left.shift());
  const work = async () => {
    for (let one = next(); one; one = next())
      outcomes.push({ ...one, sent: await sendLog(organizationId, one, webhook.url, secret, hands.sender) });
  };
  const works = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
  await settle(webhook, outcomes, new Date());
  if (left.length > 0) await giveBack(webhook, left, new Date());
  const failure = works.find((one) => one.status === 'rejected');
  if (failure) throw failure.reason;
  return outcomes.some(({ sent }) => sent === null || sent.error === null);
}

/** Null where it can't be opened: nothing is sent until a person has seen to it. */
async function secretOrPause(webhook: Parameters<typeof openWebhookSecret>[0]): Promise<string | null> {
  try {
    return openWebhookSecret(webhook);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await pause(webhook, error.message, new Date());
    return null;
  }
}

/** @returns null where the log was deleted meanwhile */
async function sendLog(
  organizationId: string,
  { logId }: Delivery,
  url: string,
  secret: string,
  sender: Sender,
): Promise<Sent | null> {
  const [log] = await readApiLogs(backgroundContext(organizationId), [logId]);
  if (!log) return null;
  const whole = pythonJson({ event_type: 'new_request_log', ...log });
  return sender.post(url, whole.length > LONGEST_BODY ? withoutBodies(log) : whole, secret);
}

function withoutBodies(log: object): string {
  const kept = Object.entries(log).filter(([name]) => !BODY_FIELDS.has(name));
  return pythonJson({ event_type: 'new_request_log', bodies_omitted: true, ...Object.fromEntries(kept) });
}

const BODY_FIELDS: ReadonlySet<string> = new Set([
  ...['input', 'output', 'prompt_messages', 'completion_message', 'tools', 'tool_choice', 'tool_calls'],
  ...['full_request', 'full_response'],
]);
