import { signUp } from './support/account';
import { createLog } from './support/calls';
import { createApiKey } from './support/keys';
import { untilLogged } from './support/logs';
import { expect, test } from './support/test';

const logged = (customer: string, more: Record<string, unknown> = {}) => ({
  model: 'claude-sonnet-5-5',
  prompt_messages: [{ role: 'user', content: `A question of ${customer}` }],
  completion_message: { role: 'assistant', content: 'An answer' },
  customer_identifier: customer,
  prompt_tokens: 1000,
  completion_tokens: 200,
  ...more,
});

test('customers are listed, sorted, searched and looked into', async ({ page, baseURL }) => {
  await signUp(page);
  await page.goto('/platform/users');
  await expect(page).toHaveURL(/\/customers$/);
  await expect(page.getByText('Your customers will be listed here')).toBeVisible();
  const key = await createApiKey(page);
  const more = { customer_name: 'Ada Lovelace', customer_email: 'ada@example.com', cost: 0.75 };
  await createLog(baseURL, key, logged('team/ada 1', more));
  await createLog(baseURL, key, logged('grace', { cost: 0.25 }));
  const last = await createLog(
    baseURL,
    key,
    logged('grace', { cost: 0.25, status_code: 500, error_message: 'Broken' }),
  );
  await untilLogged(page, last.logId);

  const rows = page.getByRole('table').getByRole('link', { name: /ada|grace/i });
  await expect(async () => {
    await page.goto('/customers');
    await expect(rows).toHaveText(['Ada Lovelace', 'grace'], { timeout: 1000 });
  }).toPass();
  await expect(page.getByRole('region', { name: 'Customers in figures' })).toContainText('2');
  const grace = page.getByRole('row').filter({ hasText: 'grace' });
  await expect(grace).toContainText('$0.50');
  await expect(grace).toContainText('2.4k');
  await page.getByRole('link', { name: 'Requests' }).click();
  await expect(page).toHaveURL(/sort=requests/);
  await expect(rows).toHaveText(['grace', 'Ada Lovelace']);
  await page.getByLabel('Search customers').fill('EXAMPLE.com');
  await expect(rows).toHaveText(['Ada Lovelace']);
  await page.getByLabel('Search customers').fill('nobody');
  await expect(page.getByText('No customer matches “nobody” in this range.')).toBeVisible();
  await page.getByLabel('Search customers').fill('');

  await rows.filter({ hasText: 'Ada' }).click();
  await expect(page.getByRole('heading', { name: 'Ada Lovelace', level: 1 })).toBeVisible();
  await expect(page.getByText('ada@example.com')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Key figures' })).toContainText('$0.75');
  await expect(page.getByText('Cost per day. In all $0.75.')).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'claude-sonnet-5-5' })).toBeVisible();
  await page.getByRole('radio', { name: '24 h' }).click();
  await expect(page.getByText('Cost per hour. In all $0.75.')).toBeVisible();
  await page.getByRole('link', { name: 'All logs' }).click();
  await expect(page).toHaveURL(/\/logs\?.*customer_identifier/);
  await expect(page.getByText('A question of team/ada 1').first()).toBeVisible();
  await expect(page.getByText('A question of grace')).toHaveCount(0);
});

test("another organization's customer is not found", async ({ page, browser, baseURL }) => {
  await signUp(page);
  const log = await createLog(baseURL, await createApiKey(page), logged('secret-customer'));
  await untilLogged(page, log.logId);
  const stranger = await (await browser.newContext({ baseURL })).newPage();
  await signUp(stranger);
  await stranger.goto('/customers/secret-customer');
  await expect(stranger.getByRole('heading', { name: 'Nothing at this address' })).toBeVisible();
  await stranger.goto('/customers');
  await expect(stranger.getByText('Your customers will be listed here')).toBeVisible();
  await stranger.context().close();
});
