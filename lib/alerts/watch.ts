import { z } from 'zod';
import { db, pool } from '@/lib/db/client';
import { execute, queryRows, sql } from '@/lib/db/sql';
import { Deliverer } from './deliver';
import { dueAlerts, evaluateAlert } from './evaluate';

export interface WatchOptions {
  readonly report: (message: string, error?: unknown) => void;
  /** Milliseconds from one round to the next. */
  readonly everyMs?: number;
}

const EVERY_MS = 30_000;
/** Of all processes on the database one does it. */
const LOCK_KEY = 72707372;
const HISTORY_DAYS = 90;
const EVENTS_A_ROUND = 100;

export interface Watch {
  /** Ends after the round in hand. */
  stop(): Promise<void>;
}

/** Measures every alert and tells of those that begin or end to fire, for as long as the process lives. */
export function watchAlerts({ report, everyMs = EVERY_MS }: WatchOptions): Watch {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const round = () => {
    running = inTurn(() => watchOnce(new Date(), everyMs, report))
      .catch((error: unknown) => report('Alerts could not be measured.', error))
      .finally(() => {
        if (!stopped) timer = setTimeout(round, everyMs).unref();
      });
  };
  timer = setTimeout(round, Math.min(everyMs, 5000)).unref();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/** One round: each alert is measured, then everything that is due is sent. What fails with one alert keeps no other from it. */
export async function watchOnce(now: Date, everyMs: number, report: WatchOptions['report']): Promise<void> {
  // A round that comes a moment early must not wait for the next one.
  for (const alert of await dueAlerts(now, everyMs / 2)) {
    await evaluateAlert(alert, now).catch((error: unknown) => report('An alert could not be measured.', error));
  }
  await deliverDue(now);
  const past = new Date(now.getTime() - HISTORY_DAYS * 86_400_000);
  await db().alertEvent.deleteMany({ where: { at: { lt: past } } });
}

async function deliverDue(now: Date): Promise<void> {
  const due = await db().alertEvent.findMany({
    where: { nextAttemptAt: { lte: now } },
    orderBy: { nextAttemptAt: 'asc' },
    take: EVENTS_A_ROUND,
    include: { alert: { omit: { slackUrlSealed: false, webhookSecretSealed: false } } },
  });
  if (due.length === 0) return;
  const deliverer = new Deliverer();
  try {
    // The events of one alert go out in the order in which they came.
    await Promise.all(
      [...new Set(due.map(({ alertId }) => alertId))].map(async (alertId) => {
        const events = due.filter((event) => event.alertId === alertId).sort((a, b) => a.at.getTime() - b.at.getTime());
        for (const event of events) await deliverer.deliver(event, event.alert, now);
      }),
    );
  } finally {
    await deliverer.close();
  }
}

/** Does it unless another process is at it. */
async function inTurn(work: () => Promise<void>): Promise<void> {
  const client = await pool().connect();
  try {
    const mine = z.object({ mine: z.boolean() });
    const [lock] = await queryRows(sql`SELECT pg_try_advisory_lock(${LOCK_KEY}) AS "mine"`, mine, client);
    if (!lock?.mine) return;
    try {
      await work();
    } finally {
      await execute(sql`SELECT pg_advisory_unlock(${LOCK_KEY})`, client);
    }
  } finally {
    client.release();
  }
}
