import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { writeRollups } from '@/lib/analytics/testing';
import type { Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { provideEnv } from '@/lib/env';
import { createAlert, revealAlertSecret, setAlertEnabled, updateAlert } from './mutations';
import { countFiring, listAlertEvents } from './queries';
import { newContext, values } from './testing';
import { type MailServer, type Receiver, startMailServer, startReceiver } from './testing.receivers';
import { testAlert } from './try';
import { watchAlerts, watchOnce } from './watch';

let database: TestDatabase;
let receiver: Receiver;
let mail: MailServer;
let ctx: Context;
let other: Context;
const reports: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  [receiver, mail] = await Promise.all([startReceiver(), startMailServer()]);
});
afterAll(() => Promise.all([database.drop(), receiver.close(), mail.close()]));
beforeEach(async () => {
  provideEnv({ ALLOW_PRIVATE_UPSTREAMS: '1', SMTP_URL: mail.url, APP_URL: 'https://respan.example' });
  ctx = await newContext('owner');
  other = await newContext('owner');
});
afterEach(async () => {
  await db().alert.deleteMany();
  receiver.posted.length = 0;
  receiver.answers.clear();
  mail.mails.length = 0;
  mail.refused.clear();
  expect(reports.splice(0)).toEqual([]);
});

const NOW = new Date('2026-03-10T12:30:20Z');
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const round = (at = NOW) => watchOnce(at, 30_000, (message) => reports.push(message));
const hook = (path: string) => `${receiver.url}${path}`;
const kinds = async (as = ctx) => (await listAlertEvents(as)).map(({ kind }) => kind).reverse();

/** So many requests in a minute, some of them errors. */
const traffic = (at: string, requests: number, errors = 0, more: object = {}) =>
  writeRollups(ctx.organizationId, { at, requests, counts: { errorsProvider: errors }, ...more });

describe('an alert', () => {
  test('fires once, tells everyone, and says when it is over', async () => {
    const { id } = await createAlert(ctx, values({ slackUrl: hook('/slack'), webhookUrl: hook('/hook') }));
    await traffic('2026-03-10T12:29:00Z', 80, 4);
    await round();
    expect([await kinds(), await countFiring(ctx)]).toEqual([[], 0]);
    await traffic('2026-03-10T12:29:00Z', 20, 8);
    await round(later(30));
    await round(later(60));
    expect([await kinds(), await countFiring(ctx), await countFiring(other)]).toEqual([['fired'], 1, 0]);

    const detail = 'Error rate in the last 10 minutes: 12 % (100 requests), above 5 %.';
    expect(mail.mails).toHaveLength(1);
    expect(mail.mails[0]?.to).toBe('ops@example.com');
    expect(mail.mails[0]?.text.replace(/=\n/g, '')).toContain('Subject: Alert: Too many errors');
    const [slack, signed] = ['/slack', '/hook'].map((path) => receiver.posted.find((one) => one.path === path));
    expect(JSON.parse(slack?.body ?? '').text).toBe(
      `*Alert: Too many errors*\n${detail} <https://respan.example/alerts|Open>`,
    );
    expect(slack?.headers['x-respan-signature']).toBeUndefined();
    const secret = await revealAlertSecret(ctx, id);
    expect(signed?.headers['x-respan-signature']).toBe(
      createHmac('sha256', secret)
        .update(signed?.body ?? '')
        .digest('hex'),
    );
    expect(JSON.parse(signed?.body ?? '')).toMatchObject({
      type: 'alert.fired',
      detail,
      value: 120_000,
      requests: 100,
      alert: { id, metric: 'error_rate', threshold: 50_000, unit: 'millionths', window_minutes: 10 },
    });

    await traffic('2026-03-10T12:30:00Z', 900);
    await round(later(90));
    await round(later(120));
    expect([await kinds(), await countFiring(ctx)]).toEqual([['fired', 'resolved'], 0]);
    expect(mail.mails).toHaveLength(2);
    expect((await listAlertEvents(ctx))[0]).toMatchObject({
      alertName: 'Too many errors',
      detail: 'Error rate in the last 10 minutes: 1.2 % (1,000 requests), no longer above 5 %.',
      deliveries: [
        { channel: 'email', to: 'ops@example.com', state: 'sent' },
        { channel: 'slack', state: 'sent' },
        { channel: 'webhook', to: new URL(receiver.url).host, state: 'sent' },
      ],
    });
  });

  test('concludes nothing from few requests, and is over when too few are left', async () => {
    await createAlert(ctx, values());
    await traffic('2026-03-10T12:28:00Z', 19, 19);
    await round();
    expect(await kinds()).toEqual([]);
    await traffic('2026-03-10T12:28:00Z', 1);
    await round(later(30));
    expect(await kinds()).toEqual(['fired']);
    await round(later(600));
    expect((await listAlertEvents(ctx))[0]).toMatchObject({
      kind: 'resolved',
      detail: 'Only 0 requests in the last 10 minutes: too few to go on.',
    });
  });

  test.each([
    ['cost', { metric: 'cost', threshold: '1.5' }, 1_500_000_000n, 1n],
    ['cost per request', { metric: 'average_cost', threshold: '0.15' }, 1_500_000_000n, 1_500_000_020n],
  ] as const)('%s is compared to the nano-dollar', async (_, over, bound, more) => {
    await createAlert(ctx, values({ ...over, minimumRequests: 0, windowMinutes: 5 }));
    await traffic('2026-03-10T12:29:00Z', 10, 0, { costNanoUsd: bound });
    await round();
    expect(await kinds()).toEqual([]);
    await traffic('2026-03-10T12:29:00Z', 10, 0, { costNanoUsd: more });
    await round(later(30));
    expect(await kinds()).toEqual(['fired']);
  });

  test('watches percentiles of one model, and a silence', async () => {
    const slow = {
      metric: 'latency',
      percentile: 95,
      threshold: '3000',
      minimumRequests: 5,
      windowMinutes: 60,
    } as const;
    await createAlert(ctx, values({ ...slow, name: 'Slow', model: 'claude-opus-5-5' }));
    await createAlert(ctx, values({ ...slow, name: 'Not slow', model: 'claude-haiku-4-5' }));
    await createAlert(
      ctx,
      values({
        name: 'Quiet',
        metric: 'requests',
        direction: 'below',
        threshold: '1',
        minimumRequests: 0,
        provider: 'openai',
      }),
    );
    const latenciesMs = [...Array(18).fill(500), 9000, 9000];
    await traffic('2026-03-10T11:45:00Z', 20, 0, { latenciesMs });
    await traffic('2026-03-10T12:05:00Z', 20, 0, { model: 'claude-haiku-4-5', latenciesMs: Array(20).fill(500) });
    await round();
    const events = await listAlertEvents(ctx);
    expect(events.map(({ alertName }) => alertName).sort()).toEqual(['Quiet', 'Slow']);
    expect(events.find(({ alertName }) => alertName === 'Slow')?.detail).toMatch(
      /^p95 latency in the last 1 hour: (8\.9|9\.0)\d s \(20 requests\), above 3\.00 s\.$/,
    );
  });

  test('counts a customer and long windows from hours and days, and only its own environment', async () => {
    const cost = { metric: 'cost', threshold: '1', minimumRequests: 0 } as const;
    await createAlert(ctx, values({ ...cost, name: 'Ada', customer: 'ada', windowMinutes: 360 }));
    await createAlert(ctx, values({ ...cost, name: 'Week', windowMinutes: 10_080, threshold: '3.9' }));
    await createAlert(
      ctx,
      values({
        ...cost,
        name: 'Two filters',
        windowMinutes: 10_080,
        threshold: '3.9',
        model: 'claude-opus-5-5',
        provider: 'anthropic',
      }),
    );
    await createAlert(ctx, values({ ...cost, name: 'Test', windowMinutes: 10_080, environment: 'test' }));
    for (const [at, customer] of [
      ['2026-03-03T12:31:00Z', 'grace'],
      ['2026-03-06T01:00:00Z', 'grace'],
      ['2026-03-10T06:45:00Z', 'ada'],
      ['2026-03-10T12:29:00Z', 'ada'],
    ] as const)
      await traffic(at, 1, 0, { customer, costNanoUsd: 1_000_000_000n });
    await traffic('2026-03-03T12:29:00Z', 1, 0, { costNanoUsd: 50_000_000_000n });
    await round();
    const fired = (await listAlertEvents(ctx)).map(({ alertName, detail }) => `${alertName}: ${detail}`).sort();
    expect(fired).toEqual([
      'Ada: Cost in the last 6 hours: $2.00 (2 requests), above $1.00.',
      'Two filters: Cost in the last 7 days: $4.00 (4 requests), above $3.90.',
      'Week: Cost in the last 7 days: $4.00 (4 requests), above $3.90.',
    ]);
  });

  test('two processes at once tell once', async () => {
    await createAlert(ctx, values({ minimumRequests: 1 }));
    const at = new Date(Date.now() - 60_000).toISOString();
    await traffic(at, 10, 10);
    const report = (message: string) => reports.push(message);
    const watches = [1, 2, 3].map(() => watchAlerts({ report, everyMs: 40 }));
    await expect.poll(() => mail.mails.length).toBe(1);
    await new Promise((done) => setTimeout(done, 300));
    await Promise.all(watches.map((watch) => watch.stop()));
    expect([mail.mails.length, await kinds()]).toEqual([1, ['fired']]);
  });

  test('that is switched off is not measured; changed, it is measured anew', async () => {
    const { id } = await createAlert(ctx, values({ minimumRequests: 1 }));
    await traffic('2026-03-10T12:29:00Z', 10, 10);
    await setAlertEnabled(ctx, id, false);
    await round();
    expect(await kinds()).toEqual([]);
    await setAlertEnabled(ctx, id, true);
    await round(later(30));
    await updateAlert(ctx, id, values({ minimumRequests: 1, threshold: '50' }));
    expect(await countFiring(ctx)).toBe(0);
    await round(later(60));
    expect([await kinds(), await countFiring(ctx)]).toEqual([['fired', 'fired'], 1]);
  });
});

describe('telling', () => {
  test('what fails is tried again, later and later, and told as it is', async () => {
    await createAlert(ctx, values({ emails: ['gone@example.com'], webhookUrl: hook('/down'), minimumRequests: 1 }));
    await traffic('2026-03-10T12:29:00Z', 10, 10);
    mail.refused.add('gone@example.com');
    receiver.answers.set('/down', 503);
    await round();
    expect((await listAlertEvents(ctx))[0]?.deliveries).toEqual([
      expect.objectContaining({ state: 'pending', attempts: 1, error: 'The mail server refused it (550).' }),
      expect.objectContaining({ state: 'pending', attempts: 1, error: 'It answered 503.' }),
    ]);
    await round(later(29));
    expect(receiver.posted).toHaveLength(1);
    receiver.answers.set('/down', 200);
    await round(later(31));
    for (const seconds of [100, 500, 1500, 6000]) await round(later(seconds));
    const told = (await listAlertEvents(ctx)).find(({ kind }) => kind === 'fired');
    expect(told?.deliveries).toEqual([
      expect.objectContaining({ state: 'failed', attempts: 6 }),
      expect.objectContaining({ state: 'sent', attempts: 2, error: null }),
    ]);
  });

  test('a test goes out at once, is kept in the history, and changes nothing', async () => {
    receiver.answers.set('/slack', 404);
    const { id } = await createAlert(ctx, values({ slackUrl: hook('/slack'), webhookUrl: hook('/hook') }));
    expect((await testAlert(ctx, id)).map(({ channel, state, error }) => [channel, state, error])).toEqual([
      ['email', 'sent', null],
      ['slack', 'failed', 'It answered 404.'],
      ['webhook', 'sent', null],
    ]);
    await round();
    expect([await kinds(), await countFiring(ctx), receiver.posted.length]).toEqual([['test'], 0, 2]);
    expect(JSON.parse(receiver.posted.find(({ path }) => path === '/hook')?.body ?? '')).toMatchObject({
      type: 'alert.test',
      detail: 'This is a test. The alert watches: Error rate above 5 % over 10 minutes.',
    });
  });

  test('redirects are not followed, and private addresses not called once they are not allowed', async () => {
    receiver.answers.set('/moved', 307);
    const { id } = await createAlert(ctx, values({ emails: [], webhookUrl: hook('/moved') }));
    expect(await testAlert(ctx, id)).toMatchObject([{ state: 'failed', error: 'It answered 307.' }]);
    expect(receiver.posted.map(({ path }) => path)).toEqual(['/moved']);
    provideEnv({ ALLOW_PRIVATE_UPSTREAMS: '0' });
    expect(await testAlert(ctx, id)).toMatchObject([
      { error: 'It leads to a private address, and this installation calls public ones only.' },
    ]);
    expect(receiver.posted).toHaveLength(1);
  });
});
