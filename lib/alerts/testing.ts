/** Organizations and alerts for tests. */
import { uuidv7 } from 'uuidv7';
import { brandContext, type Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import type { Role } from '@/lib/db/generated/enums';
import type { AlertValues } from './schema';

/** A member of an organization, which is made where it is not there. */
export async function newContext(role: Role, organizationId = uuidv7()): Promise<Context> {
  const create = { id: organizationId, name: 'Acme' };
  await db().organization.upsert({ where: { id: organizationId }, create, update: {} });
  return brandContext({ organizationId, userId: uuidv7(), role });
}

/** What a form would send: errors above 5 % over 10 minutes among 20 requests, by email. */
export const values = (over: Partial<AlertValues> = {}): AlertValues => ({
  ...{ name: 'Too many errors', metric: 'error_rate', percentile: null, direction: 'above', threshold: '5' },
  ...{ windowMinutes: 10, minimumRequests: 20, environment: 'production', model: null, provider: null },
  ...{ apiKeyId: null, customer: null, emails: ['ops@example.com'], slackUrl: '', keepSlack: false, webhookUrl: '' },
  ...over,
});
