import { createHmac } from 'node:crypto';
import { signUp } from './support/account';
import { createLog } from './support/calls';
import { createApiKey } from './support/keys';
import { type Receiver, startReceiver } from './support/receiver';
import { startServer, type TestServer } from './support/server';
import { chooseAction } from './support/tables';
import { test as base, expect } from './support/test';

interface Installation {
  readonly server: TestServer;
  readonly receiver: Receiver;
}

/** A server that may call its own network, and somebody in it to tell. */
const test = base.extend<Record<never, never>, { installation: Installation }>({
  installation: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from its first parameter's pattern.
    async ({}, use) => {
      const receiver = await startReceiver();
      const server = await startServer({ env: { ALLOW_PRIVATE_UPSTREAMS: '1' } });
      await use({ server, receiver });
      await server.stop();
      await server.remove();
      await receiver.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: ({ installation }, use) => use(installation.server.url),
});

test('an alert is created, tested, fires once, is switched off and removed', async ({
  page,
  installation: { server, receiver },
}) => {
  test.setTimeout(120_000);
  await signUp(page);
  const key = await createApiKey(page);
  await page.goto('/platform/monitors');
  await expect(page).toHaveURL(/\/alerts$/);
  await expect(page.getByText('Alerts will be listed here')).toBeVisible();

  await page.getByRole('button', { name: 'Create alert' }).first().click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Email is not offered')).toContainText('SMTP_URL');
  await dialog.getByLabel('Threshold').fill('much');
  await dialog.getByRole('button', { name: 'Create alert' }).click();
  await expect(dialog.getByText('Give the alert a name.')).toBeVisible();
  await expect(dialog.getByText('Enter a percentage from 0 to 100')).toBeVisible();
  await dialog.getByLabel('Name').fill('Spending');
  await dialog.getByLabel('Measure').click();
  await page.getByRole('option', { name: 'Cost', exact: true }).click();
  await dialog.getByLabel('Threshold (dollars)').fill('0.50');
  await dialog.getByLabel('Among at least').fill('1');
  await dialog.getByRole('button', { name: 'Create alert' }).click();
  await expect(dialog.getByText('Say whom to tell')).toBeVisible();
  await dialog.getByLabel('Slack').fill(`${receiver.url}/slack`);
  await dialog.getByLabel('Webhook').fill(`${receiver.url}/alert`);
  await dialog.getByRole('button', { name: 'Create alert' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Cost above $0.50 over 10 minutes')).toBeVisible();

  await chooseAction(page, 'Spending', 'Send test');
  await expect(page.getByText('The test was sent', { exact: true })).toBeVisible();
  expect(receiver.posted.map(({ path }) => path).sort()).toEqual(['/alert', '/slack']);
  await chooseAction(page, 'Spending', 'Show signing secret');
  const secret = await dialog.getByTestId('secret').innerText();
  await dialog.getByRole('button', { name: 'Done' }).click();
  const signed = receiver.posted.find(({ path }) => path === '/alert');
  const signature = createHmac('sha256', secret)
    .update(signed?.body ?? '')
    .digest('hex');
  expect(signed?.headers['x-respan-signature']).toBe(signature);

  receiver.posted.length = 0;
  const logged = { model: 'claude-sonnet-5-5', prompt_messages: [{ role: 'user', content: 'Hi' }], cost: 0.75 };
  expect((await createLog(server.url, key, logged)).status).toBe(200);
  await expect.poll(() => receiver.posted.length, { timeout: 60_000 }).toBe(2);
  expect(JSON.parse(receiver.posted.find(({ path }) => path === '/alert')?.body ?? '')).toMatchObject({
    type: 'alert.fired',
    detail: 'Cost in the last 10 minutes: $0.75 (1 request), above $0.50.',
  });
  await page.reload();
  await expect(page.getByRole('table').first().getByText('Firing')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Alerts' })).toContainText('1');
  await expect(page.getByText('Cost in the last 10 minutes: $0.75 (1 request), above $0.50.')).toBeVisible();

  await chooseAction(page, 'Spending', 'Edit');
  await expect(dialog.getByLabel('Threshold (dollars)')).toHaveValue('0.5');
  await dialog.getByLabel('Threshold (dollars)').fill('5');
  await dialog.getByRole('button', { name: 'Save alert' }).click();
  await expect(page.getByText('Cost above $5.00 over 10 minutes')).toBeVisible();
  await chooseAction(page, 'Spending', 'Switch off');
  await expect(page.getByRole('table').first().getByText('Off', { exact: true })).toBeVisible();
  await chooseAction(page, 'Spending', 'Remove');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove alert' }).click();
  await expect(page.getByText('Alerts will be listed here')).toBeVisible();
});
