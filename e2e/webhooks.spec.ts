import { createHmac } from 'node:crypto';
import { signUp } from './support/account';
import { createLog } from './support/calls';
import { createApiKey } from './support/keys';
import { startReceiver } from './support/receiver';
import { startServer } from './support/server';
import { chooseAction } from './support/tables';
import { expect, test } from './support/test';

const logged = (text: string) => ({
  model: 'claude-sonnet-5-5',
  prompt_messages: [{ role: 'user', content: text }],
  completion_message: { role: 'assistant', content: 'Hello' },
  customer_identifier: 'ada',
});

test('a webhook receives new logs, also those that were written before the server was killed', async ({ browser }) => {
  test.setTimeout(180_000);
  const receiver = await startReceiver();
  const env = { ALLOW_PRIVATE_UPSTREAMS: '1' };
  let server = await startServer({ env });
  const page = await (await browser.newContext({ baseURL: server.url })).newPage();
  await signUp(page);
  const key = await createApiKey(page);
  await page.goto('/platform/api/webhooks');
  await expect(page).toHaveURL(/\/settings\/webhooks$/);

  await page.getByRole('button', { name: 'Create webhook' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Warehouse');
  await dialog.getByLabel('URL').fill('nonsense');
  await dialog.getByRole('button', { name: 'Create webhook' }).click();
  await expect(dialog.getByText('This is not a URL.')).toBeVisible();
  await dialog.getByLabel('URL').fill(`${receiver.url}/logs`);
  await dialog.getByRole('button', { name: 'Create webhook' }).click();
  const secret = await dialog.getByTestId('secret').innerText();
  await dialog.getByRole('button', { name: 'Done' }).click();

  await chooseAction(page, 'Warehouse', 'Send test');
  await expect(page.getByText('Warehouse accepted the test', { exact: true })).toBeVisible();
  const first = await createLog(server.url, key, logged('Grüße'));
  await expect.poll(() => receiver.posted.length).toBe(2);
  const { body = '', headers } = receiver.posted[1] ?? {};
  expect(JSON.parse(body)).toMatchObject({
    event_type: 'new_request_log',
    unique_id: first.logId,
    customer_identifier: 'ada',
    prompt_messages: [{ role: 'user', content: 'Grüße' }],
  });
  expect(headers?.['x-respan-signature']).toBe(createHmac('sha256', secret).update(body).digest('hex'));
  await page.reload();
  await expect(page.getByRole('link', { name: `…${first.logId?.slice(-8)}` })).toBeVisible();

  receiver.status = 503;
  const second = await createLog(server.url, key, logged('While it is down'));
  await expect.poll(() => receiver.posted.length).toBe(3);
  await expect(async () => {
    await page.reload();
    await expect(page.getByText('Failing', { exact: true })).toBeVisible({ timeout: 1000 });
  }).toPass();
  const third = await createLog(server.url, key, logged('Just before the end'));
  await server.kill();
  receiver.status = 200;
  receiver.posted.length = 0;
  server = await startServer({ env, dataDir: server.dataDir });
  const arrived = () => new Set(receiver.posted.map((posted) => JSON.parse(posted.body).unique_id));
  await expect.poll(arrived, { timeout: 60_000 }).toEqual(new Set([second.logId, third.logId]));
  await page.context().close();
  await server.stop();
  await server.remove();
  await receiver.stop();
});

test('elsewhere a private address is refused with the way out, and a webhook can be paused and removed', async ({
  page,
}) => {
  await signUp(page);
  await page.goto('/settings/webhooks');
  await page.getByRole('button', { name: 'Create webhook' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Inside');
  await dialog.getByLabel('URL').fill('http://127.0.0.1:9/hook');
  await dialog.getByRole('button', { name: 'Create webhook' }).click();
  await expect(dialog.getByText('leads to a private address')).toContainText('ALLOW_PRIVATE_UPSTREAMS=1');
  // An address that is public and that nobody answers at.
  await dialog.getByLabel('URL').fill('https://1.0.0.0/hook');
  await dialog.getByRole('button', { name: 'Create webhook' }).click();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await chooseAction(page, 'Inside', 'Pause');
  await expect(page.getByText('Paused', { exact: true })).toBeVisible();
  await chooseAction(page, 'Inside', 'Resume');
  await expect(page.getByText('Active', { exact: true })).toBeVisible();
  await chooseAction(page, 'Inside', 'Replace signing secret');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Replace secret' }).click();
  await expect(dialog.getByTestId('secret')).toHaveText(/^whsec_[0-9a-f]{64}$/);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await chooseAction(page, 'Inside', 'Remove');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove webhook' }).click();
  await expect(page.getByText('Webhooks will be listed here')).toBeVisible();
});
