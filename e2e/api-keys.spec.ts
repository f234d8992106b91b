import { signUp } from './support/account';
import { gatewayCall } from './support/calls';
import { connectAnthropic, connectSimulator } from './support/integrations';
import { createApiKey } from './support/keys';
import { chooseAction, rowOf } from './support/tables';
import { expect, test } from './support/test';

test('an organization without keys is told what to do', async ({ page }) => {
  await signUp(page);
  await page.goto('/settings/api-keys');
  await expect(page.getByText('API keys will be listed here')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Create key' })).toHaveCount(2);
});

test('a key is shown once, with snippets that hold it, and never again', async ({ page, baseURL }) => {
  await signUp(page);
  await page.goto('/settings/api-keys');
  await page.getByRole('button', { name: 'Create key' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Create key' }).click();
  await expect(dialog.getByText('Give the key a name, such as the service that will use it.')).toBeVisible();
  await dialog.getByLabel('Name').fill('prod-web');
  await dialog.getByRole('button', { name: 'Create key' }).click();
  const secret = await dialog.getByTestId('new-api-key').innerText();
  expect(secret).toMatch(/^[A-Za-z0-9]{8}\.[A-Za-z0-9]{32}$/);
  await expect(dialog.getByRole('tabpanel', { name: 'curl' })).toContainText(secret);
  await expect(dialog.getByRole('tabpanel', { name: 'curl' })).toContainText(`${baseURL}/api/anthropic`);
  // What can't be shown again does not vanish by a slip.
  await page.keyboard.press('Escape');
  await expect(dialog.getByTestId('new-api-key')).toBeVisible();
  await dialog.getByRole('button', { name: 'Done' }).click();

  await expect(rowOf(page, 'prod-web')).toContainText(`${secret.slice(0, 8)}…`);
  expect(await page.content()).not.toContain(secret.slice(9));
  const reloaded = await (await page.reload())?.text();
  expect(reloaded).toContain(secret.slice(0, 8));
  expect(reloaded).not.toContain(secret.slice(9));
});

test('a key says when it was last used', async ({ page, baseURL }) => {
  await signUp(page);
  await connectSimulator(page);
  const key = await createApiKey(page, { name: 'batch' });
  await expect(rowOf(page, 'batch')).toContainText('Never');
  expect((await gatewayCall(baseURL, key)).status).toBe(200);
  await expect(async () => {
    await page.reload();
    await expect(rowOf(page, 'batch')).toContainText('just now', { timeout: 100 });
  }).toPass({ timeout: 20_000 });
});

test('a key is renamed', async ({ page }) => {
  await signUp(page);
  await createApiKey(page, { name: 'old name' });
  await chooseAction(page, 'old name', 'Rename');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('');
  await dialog.getByRole('button', { name: 'Rename' }).click();
  await expect(dialog.getByText('Give the key a name, such as the service that will use it.')).toBeVisible();
  await dialog.getByLabel('Name').fill('new name');
  await dialog.getByRole('button', { name: 'Rename' }).click();
  await expect(rowOf(page, 'new name')).toBeVisible();
  await page.reload();
  await expect(rowOf(page, 'new name')).toBeVisible();
  await expect(rowOf(page, 'old name')).toBeHidden();
});

test('a key is told to hedge its slow calls, and to stop', async ({ page }) => {
  await signUp(page);
  await createApiKey(page, { name: 'chat' });
  await chooseAction(page, 'chat', 'Hedge slow calls');
  await expect(page.getByText("chat's calls are hedged").first()).toBeVisible();
  await expect(rowOf(page, 'chat')).toContainText('Hedged');
  await page.reload();
  await expect(rowOf(page, 'chat')).toContainText('Hedged');
  await chooseAction(page, 'chat', 'Stop hedging');
  await expect(rowOf(page, 'chat')).not.toContainText('Hedged');
});

test('a revoked key is refused within two seconds, and its neighbour is not', async ({ page, baseURL }) => {
  await signUp(page);
  await connectSimulator(page);
  const leaked = await createApiKey(page, { name: 'leaked' });
  const kept = await createApiKey(page, { name: 'kept' });
  expect((await gatewayCall(baseURL, leaked)).status).toBe(200);
  await chooseAction(page, 'leaked', 'Revoke');
  const dialog = page.getByRole('alertdialog', { name: 'Revoke leaked?' });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(rowOf(page, 'leaked')).toContainText('Active');
  await chooseAction(page, 'leaked', 'Revoke');
  await dialog.getByRole('button', { name: 'Revoke key' }).click();
  await expect(rowOf(page, 'leaked')).toContainText('Revoked');
  await expect.poll(async () => (await gatewayCall(baseURL, leaked)).status, { timeout: 2_000 }).toBe(401);
  expect((await gatewayCall(baseURL, leaked)).text).toContain('Your API key is invalid or expired');
  expect((await gatewayCall(baseURL, kept)).status).toBe(200);
  await expect(page.getByText('1 active of 2.')).toBeVisible();
});

test('a key belongs to the test or the production environment, and so do its logs', async ({ page, baseURL }) => {
  await signUp(page);
  await connectAnthropic(page);
  const trying = await createApiKey(page, { name: 'trying', environment: 'Test' });
  const serving = await createApiKey(page, { name: 'serving' });
  await expect(rowOf(page, 'trying').getByText('Test', { exact: true })).toBeVisible();
  await expect(rowOf(page, 'serving').getByText('Production', { exact: true })).toBeVisible();
  for (const key of [trying, serving]) expect((await gatewayCall(baseURL, key)).status).toBe(200);
  for (const [environment, name, other] of [
    ['test', 'trying', 'serving'],
    ['production', 'serving', 'trying'],
  ] as const) {
    await page.goto(`/logs?environment=${environment}`);
    await expect(page.getByRole('cell', { name, exact: true })).toBeVisible();
    await expect(page.getByRole('cell', { name: other, exact: true })).toBeHidden();
  }
});
