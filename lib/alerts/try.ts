import { type Context, requireEditor } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { Deliverer } from './deliver';
import { eventOf, readAlert } from './evaluate';
import { findAlert } from './mutations';
import { alertView } from './queries';
import type { Delivery } from './schema';

/**
 * Tells everyone whom an alert tells that this is a test, and waits for how it goes.
 * @throws AppError forbidden, not_found
 */
export async function testAlert(ctx: Context, id: string): Promise<Delivery[]> {
  requireEditor(ctx, 'test alerts');
  const now = new Date();
  const stored = await findAlert(ctx, id);
  const alert = alertView(stored);
  const reading = await readAlert(ctx.organizationId, alert, now);
  // Not for the rounds of watchAlerts: it is sent right here.
  const event = await db().alertEvent.create({
    data: { ...eventOf(stored, alert, 'test', reading, now), nextAttemptAt: null },
  });
  const deliverer = new Deliverer();
  try {
    return await deliverer.deliver(event, stored, now, false);
  } finally {
    await deliverer.close();
  }
}
