import { inspect } from 'node:util';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { writeRollups } from '@/lib/analytics/testing';
import type { Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { provideEnv } from '@/lib/env';
import { createAlert, removeAlert, revealAlertSecret, setAlertEnabled, updateAlert } from './mutations';
import { listAlertEvents, listAlerts } from './queries';
import { alertSchema } from './schema';
import { newContext, values } from './testing';
import { type Receiver, startReceiver } from './testing.receivers';
import { testAlert } from './try';
import { watchOnce } from './watch';

let database: TestDatabase;
let receiver: Receiver;
let ctx: Context;
let other: Context;

beforeAll(async () => {
  database = await createTestDatabase();
  receiver = await startReceiver();
});
afterAll(() => Promise.all([database.drop(), receiver.close()]));
beforeEach(async () => {
  // Nothing listens there: what is saved here is not sent.
  provideEnv({ ALLOW_PRIVATE_UPSTREAMS: '1', SMTP_URL: 'smtp://127.0.0.1:9' });
  [ctx, other] = [await newContext('owner'), await newContext('owner')];
});

const hook = (path: string) => `${receiver.url}${path}`;

describe('saving', () => {
  test.each([
    ['a private address', { webhookUrl: 'http://169.254.169.254/latest' }, 'webhookUrl', /private address/],
    ['a private address for Slack', { slackUrl: 'https://127.0.0.1/x' }, 'slackUrl', /private address/],
    ['nobody to tell', { emails: [] }, 'channels', /whom to tell/],
    ['no URL', { webhookUrl: 'nonsense' }, 'webhookUrl', /not a URL/],
    ['a key that is not there', { apiKeyId: uuidv7() }, 'apiKeyId', /does not exist/],
  ])('refuses %s', async (_, over, field, message) => {
    provideEnv({ ALLOW_PRIVATE_UPSTREAMS: '0' });
    const refused = { code: 'invalid_input', fields: { [field]: expect.stringMatching(message) } };
    await expect(createAlert(ctx, values(over))).rejects.toMatchObject(refused);
  });

  test('email needs a mail server', async () => {
    provideEnv({ SMTP_URL: '' });
    await expect(createAlert(ctx, values())).rejects.toMatchObject({ fields: { emails: /SMTP_URL/ } });
  });

  test('secrets are sealed, and never sent to another address than they were made for', async () => {
    const { id } = await createAlert(ctx, values({ slackUrl: hook('/slack-secret'), webhookUrl: hook('/hook') }));
    const first = await revealAlertSecret(ctx, id);
    await updateAlert(ctx, id, values({ keepSlack: true, webhookUrl: hook('/hook') }));
    expect(await revealAlertSecret(ctx, id)).toBe(first);
    expect((await listAlerts(ctx))[0]).toMatchObject({ slackUrlHint: `${new URL(receiver.url).host} …cret` });
    expect(inspect([await listAlerts(ctx), await db().alert.findMany()], { depth: 9 })).not.toMatch(
      /slack-secret|whsec_/,
    );
    await updateAlert(ctx, id, values({ webhookUrl: hook('/other') }));
    expect(await revealAlertSecret(ctx, id)).not.toBe(first);
    expect((await listAlerts(ctx))[0]?.slackUrlHint).toBeNull();
  });

  test.each([
    [{ threshold: 'lots' }, 'threshold', /percentage/],
    [{ threshold: '101' }, 'threshold', /percentage/],
    [{ metric: 'requests', threshold: '1.5' }, 'threshold', /whole number/],
    [{ metric: 'latency', threshold: '10' }, 'percentile', /percentile/],
    [{ customer: 'ada' }, 'windowMinutes', /by the hour/],
    [{ customer: 'ada', windowMinutes: 60, model: 'x' }, 'customer', /by model/],
    [{ customer: 'ada', windowMinutes: 60, metric: 'tokens', threshold: '1' }, 'metric', /by customer/],
    [{ emails: ['nobody'] }, 'emails.0', /full addresses/],
    [{ minimumRequests: Number.NaN }, 'minimumRequests', /whole number/],
  ])('%j is refused at %s', (over, path, message) => {
    const issue = alertSchema.safeParse({ ...values(), ...over }).error?.issues[0];
    expect([issue?.path.join('.'), issue?.message]).toEqual([path, expect.stringMatching(message)]);
  });
});

describe('who may do what', () => {
  const attempts = (as: Context, id: string) => [
    () => updateAlert(as, id, values()),
    () => setAlertEnabled(as, id, false),
    () => removeAlert(as, id),
    () => revealAlertSecret(as, id),
    () => testAlert(as, id),
  ];

  test("another organization's alert is not found, and its events are not seen", async () => {
    const alert = await createAlert(ctx, values({ webhookUrl: hook('/hook') }));
    await testAlert(ctx, alert.id);
    for (const attempt of attempts(other, alert.id))
      await expect(attempt()).rejects.toMatchObject({ code: 'not_found' });
    expect([await listAlerts(other), await listAlertEvents(other)]).toEqual([[], []]);
    expect([await listAlerts(ctx), (await listAlertEvents(ctx)).length]).toEqual([[alert], 1]);
    const keyId = uuidv7();
    const key = {
      organizationId: ctx.organizationId,
      id: keyId,
      name: 'k',
      prefix: keyId,
      secretHash: new Uint8Array(32),
    };
    await db().apiKey.create({ data: { ...key, environment: 'production' } });
    await expect(createAlert(other, values({ apiKeyId: keyId }))).rejects.toMatchObject({ code: 'invalid_input' });
    await createAlert(ctx, values({ apiKeyId: keyId }));
  });

  test("another organization's traffic fires nothing", async () => {
    await createAlert(other, values({ minimumRequests: 1 }));
    await writeRollups(ctx.organizationId, {
      at: '2026-03-10T12:29:00Z',
      requests: 10,
      counts: { errorsProvider: 10 },
    });
    await watchOnce(new Date('2026-03-10T12:30:20Z'), 30_000, (message) => expect.fail(message));
    expect(await listAlertEvents(other)).toEqual([]);
  });

  test('a viewer looks and changes nothing', async () => {
    const alert = await createAlert(ctx, values());
    const viewer = await newContext('viewer', ctx.organizationId);
    for (const attempt of [() => createAlert(viewer, values()), ...attempts(viewer, alert.id)])
      await expect(attempt()).rejects.toMatchObject({ code: 'forbidden' });
    expect(await listAlerts(viewer)).toEqual([alert]);
    await removeAlert(ctx, alert.id);
    expect(await listAlerts(ctx)).toEqual([]);
  });
});
