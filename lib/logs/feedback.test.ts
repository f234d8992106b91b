import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { brandContext, type Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { feedbackOf, giveFeedback } from './feedback';
import { listLogs } from './queries';
import { logFilters } from './schema';
import { viewLog } from './view';

let database: TestDatabase;
const ctx = contextOf('developer');

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

function contextOf(role: Context['role'], organizationId = uuidv7()): Context {
  return brandContext({ organizationId, userId: null, role });
}

async function write(): Promise<string> {
  const id = uuidv7();
  await db().requestLog.create({
    data: {
      organizationId: ctx.organizationId,
      id,
      environment: 'production',
      simulated: false,
      logMethod: 'inference',
      logType: 'chat',
      endpoint: '/v1',
      stream: false,
      status: 'success',
      statusCode: 200,
      startedAt: new Date(),
      usageEstimated: false,
      untouched: true,
      alterations: [],
      warnings: [],
      attemptCount: 1,
      metadata: { team: 'a' },
    },
  });
  return id;
}

test('feedback is shown, found by filters, changed and taken back, and leaves the caller’s metadata alone', async () => {
  const [id] = [await write(), await write()];
  await giveFeedback(ctx, id, { positive: false, note: 'Invents a discount' });
  const view = await viewLog(ctx, id);
  expect(view.feedback).toEqual({ positive: false, note: 'Invents a discount' });
  expect(view.log.metadata).toMatchObject({ team: 'a' });
  const found = async (field: string, value: unknown) =>
    (
      await listLogs(ctx, logFilters.parse({ environment: 'production', filters: JSON.stringify([{ field, value }]) }))
    ).rows.map((row) => row.id);
  expect(await found('positive_feedback', false)).toEqual([id]);
  expect(await found('note', 'Invents a discount')).toEqual([id]);
  await giveFeedback(ctx, id, { positive: null, note: '' });
  expect((await viewLog(ctx, id)).feedback).toEqual({ positive: null, note: null });
  expect(await found('positive_feedback', false)).toEqual([]);
});

test('viewers and other organizations can’t rate', async () => {
  const id = await write();
  const feedback = { positive: true, note: null };
  await expect(giveFeedback(contextOf('viewer', ctx.organizationId), id, feedback)).rejects.toThrow(/viewer/);
  await expect(giveFeedback(contextOf('owner'), id, feedback)).rejects.toMatchObject({ code: 'not_found' });
});

test('feedback of another shape is none', () => {
  expect(feedbackOf({ respan_fields: { positive_feedback: 'yes', note: 5 } })).toEqual({ positive: null, note: null });
  expect(feedbackOf(null)).toEqual({ positive: null, note: null });
});
