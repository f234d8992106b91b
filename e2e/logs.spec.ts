import type { Locator, Page } from '@playwright/test';
import { signUp } from './support/account';
import { abandonedCall, createLog, gatewayCall, message } from './support/calls';
import { anthropicKey, connectAnthropic } from './support/integrations';
import { createApiKey } from './support/keys';
import { untilLogged } from './support/logs';
import { newOrganization } from './support/organization';
import { expect, test } from './support/test';

test('without calls, the page says what will be here and leads to the first one', async ({ page }) => {
  await signUp(page);
  await page.goto('/logs');
  await expect(page.getByText('Every request will be here')).toBeVisible();
  await page.getByRole('link', { name: 'Send the first request' }).click();
  await expect(page).toHaveURL(/\/welcome$/);
});

test('every call is a row: answered, failed, abandoned, or made elsewhere', async ({ page, baseURL }) => {
  const key = await newOrganization(page);
  await page.goto('/logs');
  const plain = await gatewayCall(
    baseURL,
    key,
    message('Plain question [[reply:Plain answer]] [[tokens:in=1000 out=500]]'),
  );
  const streamed = await gatewayCall(
    baseURL,
    key,
    message('Streamed question [[reply:Streamed answer]]', { stream: true }),
  );
  const failed = await gatewayCall(baseURL, key, message('Failing question [[fault:529]]'));
  const abandoned = await abandonedCall(baseURL, key, 'Left question');
  const elsewhere = await createLog(baseURL, key, {
    model: 'claude-3-5-sonnet-20240620',
    prompt_messages: [{ role: 'user', content: 'Asked elsewhere' }],
    completion_message: { role: 'assistant', content: 'Answered elsewhere' },
    cost: 0.001,
    generation_time: 5.7,
    customer_params: { customer_identifier: 'customer_123' },
  });
  expect([plain.status, streamed.status, failed.status, elsewhere.status]).toEqual([200, 200, 529, 200]);

  // The page was open before the calls were made: they come in by themselves.
  await expectCells(rowOf(page, 'Plain question'), ['OK', 'claude-sonnet-5-5', '1k→500', '$0.007', 'prod-web', '—']);
  await expect(rowOf(page, 'Plain question')).toContainText('Plain answer');
  await expect(cell(page, 'Plain question', 'Latency')).toHaveText(/^[\d.]+ m?s$/);
  await expectCells(rowOf(page, 'Streamed question'), ['OK', 'Streamed answer']);
  await expect(cell(page, 'Streamed question', 'TTFT')).toHaveText(/^[\d.]+ m?s$/);
  await expectCells(rowOf(page, 'Failing question'), ['529 overloaded', 'Overloaded']);
  await expect(cell(page, 'Failing question', 'Cost')).toHaveText('—');
  await expectCells(rowOf(page, 'Left question'), ['Client left']);
  await expectCells(rowOf(page, 'Asked elsewhere'), ['OK', 'Answered elsewhere', '$0.001', '5.70 s', 'prod-web']);
  await expect(page.getByRole('row')).toHaveCount(6);
  expect(abandoned).toBeTruthy();
});

test('filters are in the address, hold after a reload, and come off', async ({ page, baseURL }) => {
  test.setTimeout(120_000);
  const key = await newOrganization(page);
  const other = await createApiKey(page, { name: 'batch' });
  const answers = await Promise.all([
    gatewayCall(baseURL, key, message('First question')),
    gatewayCall(baseURL, other, message('Second question', { model: 'claude-opus-5-5' })),
    gatewayCall(baseURL, key, message('Third question [[fault:500]]')),
    gatewayCall(baseURL, key, { model: 'claude-sonnet-5-5', messages: [], max_tokens: 1 }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 500, 400]);
  await untilLogged(page, ...answers.map(({ logId }) => logId));
  await page.goto('/logs');
  const rows = page.getByRole('table').getByRole('link');
  await expect(rows).toHaveCount(4);

  await choose(page, 'Status', 'Failed, any cause');
  await expect(page).toHaveURL(/[?&]status=error/);
  await expect(rows).toHaveCount(2);
  await choose(page, 'Status', 'Failed at the provider');
  await expect(page).toHaveURL(/[?&]cause=provider/);
  await expect(rows).toHaveCount(1);
  await expect(rowOf(page, 'Third question')).toBeVisible();
  await page.reload();
  await expect(rows).toHaveCount(1);
  await page.goBack();
  await expect(rows).toHaveCount(2);
  await page.getByRole('button', { name: 'Remove the filter Status Failed, any cause' }).click();
  await expect(rows).toHaveCount(4);

  await choose(page, 'Model', 'claude-opus-5-5');
  await expect(page).toHaveURL(/[?&]model=claude-opus-5-5/);
  await expect(rows).toHaveCount(1);
  // Only keys that these logs have are offered.
  await choose(page, 'Key', 'batch');
  await expect(page).toHaveURL(/[?&]key=[0-9a-f-]{36}/);
  await expect(rows).toHaveCount(1);
  await page.getByLabel('Search prompts and replies').fill('nothing like it');
  await expect(page.getByText('No log matches these filters')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(rows).toHaveCount(4);
  await expect(page).not.toHaveURL(/model=|key=|status=|q=/);

  await page.getByRole('radio', { name: '1 h' }).click();
  await expect(page).toHaveURL(/[?&]range=1h/);
  await expect(rows).toHaveCount(4);
  await page.getByRole('combobox', { name: 'Environment' }).click();
  await page.getByRole('option', { name: 'Test' }).click();
  await expect(page).toHaveURL(/[?&]environment=test/);
  await expect(page.getByText('No test requests in this range')).toBeVisible();
  await page.getByRole('button', { name: 'Show production' }).click();
  await expect(rows).toHaveCount(4);
});

test('a log in full: conversation, bytes, cost by class, and the credential that paid', async ({ page, baseURL }) => {
  await signUp(page);
  const secret = await connectAnthropic(page);
  const key = await createApiKey(page);
  const body = JSON.stringify(
    message('What is the time? [[reply:Ten past nine]] [[tokens:in=1000 out=500 read=10000 write5m=2000]]'),
    null,
    1,
  );
  const call = await gatewayCall(baseURL, key, body);
  await untilLogged(page, call.logId);
  await page.goto('/logs');
  await page.getByRole('row').filter({ hasText: 'What is the time?' }).getByRole('link').click();
  await expect(page).toHaveURL(new RegExp(`[?&]log=${call.logId}$`));
  await page.getByRole('link', { name: 'Open on its own page' }).click();
  await expect(page).toHaveURL(new RegExp(`/logs/${call.logId}$`));
  await expect(page.getByRole('heading', { level: 1 })).toContainText('claude-sonnet-5-5');
  await expect(badge(page, 'Untouched')).toBeVisible();
  await expect(page.getByRole('tabpanel', { name: 'Conversation' })).toContainText('What is the time?');
  await expect(page.getByRole('tabpanel', { name: 'Conversation' })).toContainText('Ten past nine');

  const cost = page.getByRole('complementary', { name: 'Cost and credential' });
  await expectCells(cost.getByRole('row').filter({ hasText: 'Input' }), ['1,000', '$2.00', '$0.002']);
  await expectCells(cost.getByRole('row').filter({ hasText: 'Output' }), ['500', '$10.00', '$0.005']);
  await expectCells(cost.getByRole('row').filter({ hasText: 'Cache read' }), ['10,000', '$0.10', '$0.001']);
  await expectCells(cost.getByRole('row').filter({ hasText: 'Cache write, 5 min' }), ['2,000', '$2.50', '$0.005']);
  await expect(cost.getByText('$0.013')).toBeVisible();
  await expect(cost.getByText('Integration of this organization')).toBeVisible();
  await expect(cost.getByText(`Main …${secret.slice(-4)}`)).toBeVisible();

  await page.getByRole('tab', { name: 'Raw' }).click();
  await expect(page).toHaveURL(/[?&]tab=raw/);
  await expect(page.getByRole('region', { name: 'Request' })).toContainText('"max_tokens": 200');
  await expect(page.getByRole('region', { name: 'Response' })).toContainText('"cache_read_input_tokens": 10000');
  const download = await page.request.get(`/api/dashboard/logs/${call.logId}/payload?part=request`);
  expect(await download.text()).toBe(body);
  const answer = await page.request.get(`/api/dashboard/logs/${call.logId}/payload?part=response`);
  expect(await answer.text()).toBe(call.text);

  await page.getByRole('tab', { name: /^Attempts/ }).click();
  await expectCells(page.getByRole('row').filter({ hasText: 'first choice' }), ['200', 'anthropic', 'ok']);
  await page.getByRole('tab', { name: 'Timing' }).click();
  await expect(page.getByRole('rowheader', { name: 'Waiting' })).toBeVisible();
  await page.getByRole('tab', { name: 'Metadata' }).click();
  await expect(page.getByRole('tabpanel', { name: 'Metadata' })).toContainText('The caller’s own bytes, untouched');
  await expect(page.getByRole('tabpanel', { name: 'Metadata' })).toContainText('prod-web');
});

test('a request with parameters of ours says who it was for, what was cut out and whose key paid', async ({
  page,
  baseURL,
}) => {
  const key = await newOrganization(page);
  const own = anthropicKey();
  const call = await gatewayCall(
    baseURL,
    key,
    message('Whose? [[reply:Yours]]', {
      customer_credentials: { anthropic: { api_key: own } },
      customer_identifier: 'customer_42',
      metadata: { user_id: 'u-1', respan_params: { thread_identifier: 'thread_7' } },
    }),
  );
  expect(call.status).toBe(200);
  await untilLogged(page, call.logId);
  await page.goto(`/logs/${call.logId}?tab=metadata`);
  await expect(badge(page, 'Changed on the way')).toBeVisible();
  await expect(page.getByText('Customer credential, sent with the request')).toBeVisible();
  await expect(page.getByText(`…${own.slice(-4)}`)).toBeVisible();
  const metadata = page.getByRole('tabpanel', { name: 'Metadata' });
  await expect(metadata).toContainText('customer_42');
  await expect(metadata).toContainText('thread_7');
  await expect(metadata).toContainText('customer_credentials');
});

test('a failed call shows its error in full, and what the provider sent', async ({ page, baseURL }) => {
  const key = await newOrganization(page);
  const words = `The service is down for ${'a very long '.repeat(20)}while`;
  const call = await gatewayCall(baseURL, key, message(`Hm [[fault:503 message=${words.replaceAll(' ', '_')}]]`));
  expect(call.status).toBe(503);
  await untilLogged(page, call.logId);
  await page.goto(`/logs/${call.logId}`);
  const notice = page.getByRole('alert').filter({ hasText: words });
  await expect(notice).toContainText('(503)');
  await expect(notice).toContainText('Trying again later can succeed.');
  await page.getByRole('tab', { name: 'Raw' }).click();
  await expect(page.getByRole('region', { name: 'Response' })).toContainText(words);
});

test('a model without a known price has no cost, and says so', async ({ page, baseURL }) => {
  await signUp(page);
  const key = await createApiKey(page);
  const log = await createLog(baseURL, key, {
    model: 'our-own-model',
    prompt_messages: [{ role: 'user', content: 'Hi' }],
    completion_message: { role: 'assistant', content: 'Hello' },
    usage: { prompt_tokens: 10, completion_tokens: 20 },
  });
  await untilLogged(page, log.logId);
  await page.goto('/logs');
  await expect(cell(page, 'our-own-model', 'Cost')).toHaveText('—');
  await expect(cell(page, 'our-own-model', 'Cost').getByTitle(/price of our-own-model is not known/)).toBeVisible();
});

test('simulated calls are marked and stay in the test environment', async ({ page, baseURL }) => {
  const key = await newOrganization(page, 'simulator');
  const call = await gatewayCall(baseURL, key, message('Simulated question'));
  await untilLogged(page, call.logId);
  await page.goto('/logs');
  await expect(page.getByRole('combobox', { name: 'Environment' })).toHaveText('Test');
  await expect(rowOf(page, 'Simulated question').getByText('Simulated', { exact: true })).toBeVisible();
  await page.goto('/logs?environment=production');
  await expect(page.getByText('No production requests in this range')).toBeVisible();
  await page.goto(`/logs/${call.logId}`);
  await expect(badge(page, 'Simulated')).toBeVisible();
});

test('an address without a log says so', async ({ page }) => {
  await signUp(page);
  for (const id of ['019a8f00-0000-7000-8000-000000000000', 'nonsense']) {
    await page.goto(`/logs/${id}`);
    await expect(page.getByRole('heading', { name: 'Nothing at this address' })).toBeVisible();
  }
});

/** The row with this text in it. */
function rowOf(page: Page, text: string): Locator {
  return page.getByRole('row').filter({ hasText: text });
}

const COLUMNS = ['Status', 'Time', 'Model', 'Prompt → reply', 'Tokens', 'Cost', 'Latency', 'TTFT', 'Key'];

function cell(page: Page, text: string, column: string): Locator {
  return rowOf(page, text).getByRole('cell').nth(COLUMNS.indexOf(column));
}

async function expectCells(row: Locator, texts: readonly string[]): Promise<void> {
  for (const text of texts) await expect(row).toContainText(text);
}

/** What a log's page says beside its title, or under it where there is no room. */
function badge(page: Page, text: string): Locator {
  return page.getByRole('main').getByText(text, { exact: true }).filter({ visible: true });
}

/** Sets a filter chip. */
async function choose(page: Page, filter: string, option: string): Promise<void> {
  await page
    .getByRole('region', { name: 'Filters' })
    .getByRole('button', { name: new RegExp(`^${filter}`) })
    .click();
  await page.getByRole('menuitemradio', { name: option, exact: true }).click();
}
