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

test('every panel leads to the logs behind it, by mouse and by keyboard', async ({ page, baseURL }) => {
  await signUp(page);
  const key = await createApiKey(page);
  const create = (more: Record<string, unknown>) =>
    createLog(baseURL, key, {
      model: 'claude-sonnet-5-5',
      prompt_messages: [{ role: 'user', content: 'Hi' }],
      completion_message: { role: 'assistant', content: 'Hello' },
      ...{ cost: 0.5, generation_time: 3, customer_identifier: 'ada', ...more },
    });
  const logs = [await create({}), await create({ generation_time: 40 }), await create({ status_code: 500 })];
  await untilLogged(page, ...logs.map(({ logId }) => logId));

  await page.goto('/dashboard?range=1h');
  await expect(card(page, 'Top customers').getByRole('listitem')).toHaveText([/ada.*3/]);
  await expect(card(page, 'Top providers').getByRole('listitem').first()).toBeVisible();
  await expect(card(page, 'Tokens by class')).toBeVisible();
  await expect(card(page, 'Errors by cause').getByRole('link', { name: /500 × 1/ })).toBeVisible();

  await page.getByRole('radio', { name: 'TTFT' }).click();
  await expect(page).toHaveURL(/metric=ttft/);
  await page.getByRole('radio', { name: 'Key', exact: true }).click();
  await expect(page).toHaveURL(/by=key/);
  await expect(card(page, 'Cost over time, by key')).toBeVisible();

  const chart = page.getByRole('slider', { name: /^Cost over time by key/ });
  await expect(chart).toHaveAttribute('aria-valuetext', /so far: /);
  await chart.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/logs\?.*from=\d+/);

  await page.goto('/dashboard?range=1h');
  const heat = page.getByRole('slider', { name: /^Latency heat map.*2 successful/ });
  await heat.locator('[title^="< 5 s"][title$=": 1 request"]').click();
  await expect(page).toHaveURL(/\/logs\?.*filters=.*latency/);

  await page.goto('/dashboard?range=1h');
  await card(page, 'Errors by cause').getByRole('link').first().click();
  await expect(page).toHaveURL(/\/logs\?.*status=error/);
});

test('what a provider refused, and what a retry made good', async ({ page, baseURL }) => {
  const key = await newOrganization(page);
  const answer = await gatewayCall(baseURL, key, message('[[fault:529 times=1 id=saved]] Hello'), {
    'x-respan-params': JSON.stringify({ retry_params: { retry_enabled: true, num_retries: 1, retry_after: 0.05 } }),
  });
  await untilLogged(page, answer.logId);
  await page.goto('/dashboard?range=1h');
  const uptime = card(page, 'Provider uptime');
  await expect(uptime.getByRole('row', { name: /anthropic/ })).toBeVisible();
  await expect(uptime.getByRole('slider').first()).toHaveAttribute('aria-valuetext', /attempt/);
  await expect(card(page, '429 and 529 from providers').getByText('529 overloaded').first()).toBeVisible();
});

test('figures that cannot be brought up to date stay, and say so; others cannot be shown', async ({
  page,
  baseURL,
}) => {
  const key = await newOrganization(page);
  await untilLogged(page, (await gatewayCall(baseURL, key)).logId);
  await page.goto('/dashboard?range=1h');
  await expect(figure(page, 'Requests')).toHaveText('1');
  const down = { status: 503, json: { error: { message: 'The database does not answer.' } } };
  await page.route('**/api/dashboard/**', (route) => route.fulfill(down));
  const stale = page.getByText('These figures could not be brought up to date');
  await expect(stale).toBeVisible({ timeout: 40_000 });
  await expect(figure(page, 'Requests')).toHaveText('1');
  await page.getByRole('radio', { name: '7 d' }).click();
  await expect(page.getByText('The dashboard could not be loaded')).toBeVisible({ timeout: 40_000 });
  await page.unroute('**/api/dashboard/**');
  await page.getByRole('button', { name: 'Try again' }).first().click();
  await expect(figure(page, 'Requests')).toHaveText('1');
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
