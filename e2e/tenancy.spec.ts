import type { APIRequestContext, Page, Request } from '@playwright/test';
import { signUp } from './support/account';
import { createLog, gatewayCall } from './support/calls';
import { anthropicKey, connectAnthropic } from './support/integrations';
import { createApiKey } from './support/keys';
import { untilLogged } from './support/logs';
import { newOrganization } from './support/organization';
import { chooseAction, rowOf } from './support/tables';
import { expect, test } from './support/test';

/** What one organization has does not exist for another, and for nobody without a session. */

test('a log of another organization is not found: page, body and data', async ({ page, browser, baseURL }) => {
  const key = await newOrganization(page);
  const call = await gatewayCall(baseURL, key);
  await untilLogged(page, call.logId);
  const payload = `/api/dashboard/logs/${call.logId}/payload?part=response`;
  expect((await page.request.get(payload)).status()).toBe(200);

  const stranger = await (await browser.newContext({ baseURL })).newPage();
  await signUp(stranger);
  await stranger.goto(`/logs/${call.logId}`);
  await expect(stranger.getByRole('heading', { name: 'Nothing at this address' })).toBeVisible();
  const answer = await stranger.request.get(payload);
  expect(answer.status()).toBe(404);
  expect((await stranger.request.get(`/api/dashboard/logs/${call.logId}`)).status()).toBe(404);
  const firstLog = await stranger.request.get(`/api/dashboard/first-log?id=${call.logId}`);
  expect(await firstLog.json()).toEqual({ log: null });
  await stranger.context().close();
});

test('lists and figures count one organization alone, also when asked with the ids of another', async ({
  page,
  browser,
  baseURL,
}) => {
  const key = await newOrganization(page);
  const call = await gatewayCall(baseURL, key);
  await untilLogged(page, call.logId);
  const own = await (await page.request.get('/api/dashboard/logs')).json();
  expect(own.rows).toHaveLength(1);
  const keyId = own.rows[0].keyId;

  const stranger = await (await browser.newContext({ baseURL })).newPage();
  const strangersKey = await newOrganization(stranger, 'simulator');
  const strangersCall = await gatewayCall(baseURL, strangersKey);
  await untilLogged(stranger, strangersCall.logId);
  for (const path of [
    '/api/dashboard/logs?environment=production',
    `/api/dashboard/logs?environment=production&key=${keyId}`,
    '/api/dashboard/logs?environment=production&q=a',
    '/api/dashboard/logs?environment=production&q=a&in=bodies',
    `/api/dashboard/logs?environment=production&newer=${call.logId?.replace(/.$/, '0')}`,
  ])
    expect((await (await stranger.request.get(path)).json()).rows, path).toEqual([]);
  const facets = await (
    await stranger.request.get('/api/dashboard/logs/facets?environment=production&fields=model,organization_key_id')
  ).json();
  expect(facets.map(({ values }: { values: unknown[] }) => values)).toEqual([[], []]);
  const overview = await stranger.request.get(`/api/dashboard/overview?environment=production&key=${keyId}`);
  const figures = await overview.json();
  expect(figures.summary.current.requests).toBe(0);
  expect(JSON.stringify(figures)).not.toContain('prod-web');
  const customers = await stranger.request.get('/api/dashboard/customers?environment=production&range=30d');
  expect((await customers.json()).rows).toEqual([]);
  await stranger.context().close();
});

test('a log cannot be written into another organization, not even under an id that is there', async ({
  page,
  browser,
  baseURL,
}) => {
  const key = await newOrganization(page);
  const call = await gatewayCall(baseURL, key);
  await untilLogged(page, call.logId);
  const stranger = await (await browser.newContext({ baseURL })).newPage();
  await signUp(stranger);
  const forged = await createLog(baseURL, await createApiKey(stranger), {
    unique_id: call.logId,
    model: 'forged-model',
    prompt_messages: [{ role: 'user', content: 'Forged' }],
    completion_message: { role: 'assistant', content: 'Forged' },
    cost: 1000,
  });
  expect(forged.status).toBe(200);
  await untilLogged(stranger, forged.logId);
  const { rows } = await (await page.request.get('/api/dashboard/logs')).json();
  expect(rows).toHaveLength(1);
  expect(rows[0].model).toBe('claude-sonnet-5-5');
  await stranger.context().close();
});

test('a signed-out request gets 401 from every data address, and sign-in from every page', async ({
  page,
  request,
}) => {
  for (const path of [
    '/api/dashboard/overview',
    '/api/dashboard/customers',
    '/api/dashboard/logs',
    '/api/dashboard/logs/facets',
    '/api/dashboard/logs/live',
    '/api/dashboard/logs/export',
    '/api/dashboard/logs/views',
    '/api/dashboard/logs/019a8f00-0000-7000-8000-000000000000/shares',
    '/api/dashboard/logs/019a8f00-0000-7000-8000-000000000000',
    '/api/dashboard/logs/019a8f00-0000-7000-8000-000000000000/payload',
    '/api/dashboard/first-log',
  ]) {
    const answer = await request.get(path);
    expect(answer.status(), path).toBe(401);
    expect((await answer.json()).error.message).toBe('Your session has ended. Sign in again.');
  }
  for (const path of [
    '/',
    '/welcome',
    '/dashboard',
    '/logs',
    '/logs/1',
    '/logs/threads/1',
    '/customers',
    '/customers/1',
    '/alerts',
    '/settings/api-keys',
    '/settings/integrations',
    '/settings/webhooks',
  ]) {
    await page.goto(path);
    await expect(page, path).toHaveURL(/\/sign-in/);
  }
});

test('the actions on API keys and integrations refuse another organization and the signed-out', async ({
  page,
  browser,
  baseURL,
}) => {
  test.setTimeout(90_000);
  await signUp(page);
  await connectAnthropic(page);
  const key = await createApiKey(page, { name: 'mine' });
  const stranger = await (await browser.newContext({ baseURL })).newPage();
  await signUp(stranger);
  const nobody = await browser.newContext({ baseURL });
  const attackers = { stranger: stranger.request, nobody: nobody.request };

  await stealing(page, attackers, async () => {
    await chooseAction(page, 'mine', 'Rename');
    await page.getByRole('dialog').getByLabel('Name').fill('still mine');
    await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
    await expect(rowOf(page, 'still mine')).toBeVisible();
  });
  await page.goto('/settings/integrations');
  await stealing(page, attackers, async () => {
    await chooseAction(page, 'Main', 'Change weight');
    await page.getByRole('dialog').getByLabel('Weight').fill('735');
    await page.getByRole('dialog').getByRole('button', { name: 'Save weight' }).click();
    await expect(rowOf(page, 'Main')).toContainText('735');
  });
  await stealing(page, attackers, async () => {
    await chooseAction(page, 'Main', 'Verify again');
    await expect(page.getByText('Main works', { exact: true })).toBeVisible();
  });
  await stealing(page, attackers, async () => {
    await chooseAction(page, 'Main', 'Replace');
    await page.getByLabel('New API key').fill(anthropicKey('replaced-0123456789-abcdef'));
    await page.getByRole('button', { name: 'Verify and replace' }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
  });
  expect((await gatewayCall(baseURL, key)).status).toBe(200);
  await stealing(page, attackers, async () => {
    await chooseAction(page, 'Main', 'Remove');
    await page
      .getByRole('alertdialog')
      .getByRole('button', { name: /^Remove/ })
      .click();
    await expect(rowOf(page, 'Main')).toBeHidden();
  });
  await page.goto('/settings/api-keys');
  await stealing(page, attackers, async () => {
    await chooseAction(page, 'still mine', 'Revoke');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke key' }).click();
    await expect(rowOf(page, 'still mine')).toContainText('Revoked');
  });
  await stranger.context().close();
  await nobody.close();
});

test('so do the actions on alerts and webhooks', async ({ page, browser, baseURL }) => {
  test.setTimeout(90_000);
  await signUp(page);
  const stranger = await (await browser.newContext({ baseURL })).newPage();
  await signUp(stranger);
  const nobody = await browser.newContext({ baseURL });
  const attackers = { stranger: stranger.request, nobody: nobody.request };
  const dialog = page.getByRole('dialog');
  // An address that is public and that nobody answers at.
  const url = 'https://1.0.0.0/hook';

  await page.goto('/alerts');
  await page.getByRole('button', { name: 'Create alert' }).first().click();
  await dialog.getByLabel('Name').fill('Errors');
  await dialog.getByLabel('Webhook').fill(url);
  await dialog.getByRole('button', { name: 'Create alert' }).click();
  await expect(dialog).toBeHidden();
  await stealing(page, attackers, async () => {
    await chooseAction(page, 'Errors', 'Show signing secret');
    await expect(dialog.getByTestId('secret')).toHaveText(/^whsec_/);
    await dialog.getByRole('button', { name: 'Done' }).click();
  });
  await stealing(page, attackers, async () => {
    await chooseAction(page, 'Errors', 'Switch off');
    await expect(page.getByText('Off', { exact: true })).toBeVisible();
  });
  await stealing(page, attackers, async () => {
    await chooseAction(page, 'Errors', 'Remove');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove alert' }).click();
    await expect(page.getByText('Alerts will be listed here')).toBeVisible();
  });

  await page.goto('/settings/webhooks');
  await page.getByRole('button', { name: 'Create webhook' }).first().click();
  await dialog.getByLabel('Name').fill('Warehouse');
  await dialog.getByLabel('URL').fill(url);
  await dialog.getByRole('button', { name: 'Create webhook' }).click();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await stealing(page, attackers, async () => {
    await chooseAction(page, 'Warehouse', 'Show signing secret');
    await expect(dialog.getByTestId('secret')).toHaveText(/^whsec_/);
    await dialog.getByRole('button', { name: 'Done' }).click();
  });
  await stealing(page, attackers, async () => {
    await chooseAction(page, 'Warehouse', 'Pause');
    await expect(page.getByText('Paused', { exact: true })).toBeVisible();
  });
  await stealing(page, attackers, async () => {
    await chooseAction(page, 'Warehouse', 'Remove');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove webhook' }).click();
    await expect(page.getByText('Webhooks will be listed here')).toBeVisible();
  });
  await stranger.context().close();
  await nobody.close();
});

/**
 * Does something on a page, and before its server action goes out sends the very same one from each of the others. Theirs must
 * be refused; that the owner's works afterwards shows that it was a good one.
 */
async function stealing(
  page: Page,
  attackers: { stranger: APIRequestContext; nobody: APIRequestContext },
  act: () => Promise<void>,
): Promise<void> {
  const refusals: string[] = [];
  await page.route('**/*', async (route) => {
    const request = route.request();
    if (request.headers()['next-action']) {
      refusals.push(await replay(attackers.stranger, request), await replay(attackers.nobody, request));
    }
    await route.continue();
  });
  await act();
  await page.unrouteAll({ behavior: 'wait' });
  expect(refusals).toHaveLength(2);
  expect(refusals[0]).toMatch(/"ok":false,"message":"[^"]*(does not exist|not found|no longer exists)/i);
  expect(refusals[1]).toContain('"ok":false,"message":"Your session has ended. Sign in again."');
}

async function replay(from: APIRequestContext, request: Request): Promise<string> {
  const { cookie, 'content-length': _, ...headers } = request.headers();
  const data = request.postDataBuffer() ?? undefined;
  return (await from.post(request.url(), { headers, data })).text();
}
