import type { Locator, Page } from '@playwright/test';
import { signUp } from './support/account';
import { abandonedCall, createLog, gatewayCall, message } from './support/calls';
import { createApiKey } from './support/keys';
import { untilLogged } from './support/logs';
import { newOrganization } from './support/organization';
import { expect, test } from './support/test';

test('without calls, the page says what will be here and leads to the first one', async ({ page }) => {
  await signUp(page);
  await page.goto('/dashboard');
  await expect(page.getByText('Requests, cost, latency and errors will be here')).toBeVisible();
  await page.getByRole('link', { name: 'Send the first request' }).click();
  await expect(page).toHaveURL(/\/welcome$/);
});

test('the figures are what was called', async ({ page, baseURL }) => {
  const key = await newOrganization(page);
  const batch = await createApiKey(page, { name: 'batch' });
  // Sonnet: 1,000 × $2 + 500 × $10 a million = $0.007 each; Opus: 1,000 × $4 + 1,000 × $20 = $0.024.
  const sonnet = message('One [[tokens:in=1000 out=500]]');
  const opus = message('Two [[tokens:in=1000 out=1000]]', { model: 'claude-opus-5-5', stream: true });
  const answers = [
    await gatewayCall(baseURL, key, sonnet),
    await gatewayCall(baseURL, key, sonnet),
    await gatewayCall(baseURL, batch, opus),
    await gatewayCall(baseURL, key, message('Three [[fault:529]]')),
    await gatewayCall(baseURL, key, { model: 'claude-sonnet-5-5', max_tokens: 10, messages: [] }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 529, 400]);
  const abandoned = await abandonedCall(baseURL, key, '[[tokens:in=0 out=0]] Four');
  const slow = await createLog(baseURL, key, {
    model: 'claude-sonnet-5-5',
    prompt_messages: [{ role: 'user', content: 'Five' }],
    completion_message: { role: 'assistant', content: 'Answer' },
    cost: 1.5,
    generation_time: 42,
  });
  await untilLogged(page, ...answers.map(({ logId }) => logId), abandoned, slow.logId);

  await page.goto('/dashboard');
  await expect(figure(page, 'Requests')).toHaveText('7');
  const logged = await total(page, answers.map(({ logId }) => logId).concat(abandoned, slow.logId));
  await expect(figure(page, 'Cost')).toHaveText(logged);
  await expect(figure(page, 'Error rate')).toHaveText('29 %');
  await expect(figure(page, 'p95 latency')).toHaveText(/^4[12]\.\d s$/);
  await expect(figure(page, 'TTFT p50')).toHaveText(/^[\d.]+ m?s$/);
  await expect(page.getByText('Nothing to compare with: no requests in the previous 24 hours.')).toBeVisible();

  const models = card(page, 'Top models');
  await expect(models.getByRole('listitem').first()).toContainText('claude-sonnet-5-5');
  await expect(models.getByRole('listitem').nth(1)).toContainText('claude-opus-5-5');
  await expect(models.getByRole('listitem').nth(1)).toContainText('$0.02');
  await expect(card(page, 'Top keys').getByRole('listitem')).toHaveCount(2);
  await expect(page.getByText('2 of 7 requests failed (29 %)')).toBeVisible();
  const reliability = card(page, 'Reliability');
  for (const outcome of ['OK', 'Rate limited', 'Bad request', 'Client left'])
    await expect(reliability.getByText(outcome, { exact: true }).first()).toBeVisible();

  await models.getByRole('link').nth(1).click();
  await expect(page).toHaveURL(/\/logs\?.*model=claude-opus-5-5/);
  await expect(page.getByRole('table').getByRole('link')).toHaveCount(1);
});

test('range and environment are in the address and choose what is counted', async ({ page, baseURL }) => {
  await signUp(page);
  const key = await createApiKey(page);
  const testing = await createApiKey(page, { name: 'trying', environment: 'Test' });
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
  const log = (from: string, at: string) =>
    createLog(baseURL, from, {
      model: 'claude-sonnet-5-5',
      prompt_messages: [{ role: 'user', content: 'Hi' }],
      completion_message: { role: 'assistant', content: 'Hello' },
      cost: 0.5,
      start_time: at,
      generation_time: 1,
    });
  const logs = await Promise.all([
    log(key, daysAgo(0.001)),
    log(key, daysAgo(0.3)),
    log(key, daysAgo(3)),
    log(key, daysAgo(4)),
    log(key, daysAgo(20)),
    log(testing, daysAgo(0.001)),
  ]);
  expect(logs.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
  await untilLogged(page, ...logs.map(({ logId }) => logId));

  await page.goto('/dashboard');
  await expect(figure(page, 'Requests')).toHaveText('2');
  for (const [label, range, requests, cost] of [
    ['1 h', '1h', '1', '$0.50'],
    ['7 d', '7d', '4', '$2.00'],
    ['30 d', '30d', '5', '$2.50'],
    ['24 h', '24h', '2', '$1.00'],
  ] as const) {
    await page.getByRole('radio', { name: label }).click();
    await expect(page).toHaveURL(new RegExp(`[?&]range=${range}`));
    await expect(figure(page, 'Requests')).toHaveText(requests);
    await expect(figure(page, 'Cost')).toHaveText(cost);
  }
  await page.goto('/dashboard?range=30d');
  await expect(figure(page, 'Requests')).toHaveText('5');

  await page.getByRole('combobox', { name: 'Environment' }).click();
  await page.getByRole('option', { name: 'Test' }).click();
  await expect(page).toHaveURL(/[?&]environment=test/);
  await expect(figure(page, 'Requests')).toHaveText('1');
  await page.getByRole('link', { name: 'Logs', exact: true }).click();
  await expect(page).toHaveURL(/\/logs\?(?=.*environment=test)(?=.*range=30d)/);
  await expect(page.getByRole('table').getByRole('link')).toHaveCount(1);
});

test('a change against the period before is shown, and whether it is good', async ({ page, baseURL }) => {
  await signUp(page);
  const key = await createApiKey(page);
  const at = (hoursAgo: number) => new Date(Date.now() - hoursAgo * 3_600_000).toISOString();
  const logs = await Promise.all(
    [1, 2, 3, 30].map((hoursAgo) =>
      createLog(baseURL, key, {
        model: 'claude-sonnet-5-5',
        prompt_messages: [{ role: 'user', content: 'Hi' }],
        completion_message: { role: 'assistant', content: 'Hello' },
        cost: 0.5,
        start_time: at(hoursAgo),
        generation_time: 1,
      }),
    ),
  );
  await untilLogged(page, ...logs.map(({ logId }) => logId));
  await page.goto('/dashboard');
  await expect(page.getByText('Compared with the previous 24 hours.')).toBeVisible();
  await expect(box(page, 'Requests')).toContainText('+200 %');
  await expect(box(page, 'Cost')).toContainText('+200 %');
});

test('a new call shows on an open dashboard without a reload', async ({ page, baseURL }) => {
  const key = await newOrganization(page);
  await untilLogged(page, (await gatewayCall(baseURL, key)).logId);
  await page.goto('/dashboard?range=1h');
  await expect(figure(page, 'Requests')).toHaveText('1');
  await gatewayCall(baseURL, key);
  await expect(figure(page, 'Requests')).toHaveText('2', { timeout: 20_000 });
});

test('simulated calls are all there is at first, and are shown as the test environment', async ({ page, baseURL }) => {
  const key = await newOrganization(page, 'simulator');
  await untilLogged(page, (await gatewayCall(baseURL, key)).logId);
  await page.goto('/dashboard');
  await expect(page.getByRole('combobox', { name: 'Environment' })).toHaveText('Test');
  await expect(figure(page, 'Requests')).toHaveText('1');
  await page.goto('/dashboard?environment=production');
  await expect(page.getByText('No production requests in the last 24 hours')).toBeVisible();
  await page.getByRole('button', { name: 'Show test' }).click();
  await expect(figure(page, 'Requests')).toHaveText('1');
});

/** One of the six boxes on top. */
function box(page: Page, label: string): Locator {
  return page.getByRole('region', { name: 'Key figures' }).getByText(label, { exact: true }).locator('..');
}

function figure(page: Page, label: string): Locator {
  return box(page, label).locator('p').nth(1);
}

function card(page: Page, title: string): Locator {
  return page.getByRole('heading', { name: title, exact: true }).locator('xpath=ancestor::section[1]');
}

/** The sum of these logs' costs, as the log pages have them. */
async function total(page: Page, ids: readonly (string | null)[]): Promise<string> {
  const costs = await Promise.all(
    ids.map(async (id) => {
      const answer = await page.request.get(`/api/dashboard/first-log?id=${id}`);
      return BigInt((await answer.json()).log.costNanoUsd ?? 0);
    }),
  );
  const nanoUsd = costs.reduce((sum, cost) => sum + cost, 0n);
  return `$${(Number(nanoUsd) / 1e9).toFixed(2)}`;
}
