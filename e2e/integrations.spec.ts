import type { Locator, Page } from '@playwright/test';
import { signUp } from './support/account';
import { gatewayCall, message } from './support/calls';
import { anthropicKey, connectAnthropic, connectSimulator } from './support/integrations';
import { createApiKey } from './support/keys';
import { newOrganization } from './support/organization';
import { recordResponses } from './support/responses';
import { chooseAction, rowOf } from './support/tables';
import { expect, test } from './support/test';

test('without a provider, a call is refused with both ways out, and the page says what to do', async ({
  page,
  baseURL,
}) => {
  await signUp(page);
  const key = await createApiKey(page);
  const answer = await gatewayCall(baseURL, key);
  expect(answer.status).toBe(402);
  expect(answer.text).toContain('Integrations page');
  expect(answer.text).toContain('customer_credentials');
  await page.goto('/settings/integrations');
  await expect(anthropic(page).getByText('Not connected')).toBeVisible();
  await expect(page.getByLabel('Simulator', { exact: true }).getByText('Not connected')).toBeVisible();
});

test('a key is verified by a real call before it is saved, and then used', async ({ page, baseURL }) => {
  await signUp(page);
  const key = await createApiKey(page);
  await page.goto('/settings/integrations');
  await anthropic(page).getByRole('button', { name: 'Add key' }).click();
  const dialog = page.getByRole('dialog');
  const field = dialog.getByLabel('Anthropic API key');
  const save = dialog.getByRole('button', { name: 'Verify and save' });

  for (const [typed, words] of [
    ['', 'Paste an Anthropic API key.'],
    ['sk-proj-abcdefghijklmnopqrstuvwxyz', 'An Anthropic key begins with sk-ant-.'],
    [key, 'This is a Respan key. Here goes the one from Anthropic.'],
    ['sk-ant-api03-abc', 'This is not a whole Anthropic key'],
    [anthropicKey('revoked-0123456789abcdef'), 'Anthropic refused this key (401).'],
  ] as const) {
    await field.fill(typed);
    await save.click();
    await expect(dialog.getByText(words)).toBeVisible();
    await expect(field).toHaveValue(typed);
  }
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(anthropic(page).getByText('Not connected')).toBeVisible();
  expect((await gatewayCall(baseURL, key)).status).toBe(402);

  const secret = await connectAnthropic(page);
  await expect(anthropic(page).getByText('Connected', { exact: true })).toBeVisible();
  await expect(rowOf(page, 'Main')).toContainText(`…${secret.slice(-4)}`);
  await expect.poll(async () => (await gatewayCall(baseURL, key)).status).toBe(200);
});

test('a key is verified again, renamed, weighed, replaced and removed', async ({ page, baseURL }) => {
  await signUp(page);
  const key = await createApiKey(page);
  await connectAnthropic(page);

  await chooseAction(page, 'Main', 'Verify again');
  await expect(page.getByText('Main works', { exact: true })).toBeVisible();

  await chooseAction(page, 'Main', 'Rename');
  await page.getByRole('dialog').getByLabel('Name').fill('Team key');
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
  await expect(rowOf(page, 'Team key')).toBeVisible();

  await chooseAction(page, 'Team key', 'Change weight');
  await page.getByRole('dialog').getByLabel('Weight').fill('1001');
  await page.getByRole('dialog').getByRole('button', { name: 'Save weight' }).click();
  await expect(page.getByText('A weight is a whole number from 0 to 1000.')).toBeVisible();
  await page.getByRole('dialog').getByLabel('Weight').fill('0');
  await page.getByRole('dialog').getByRole('button', { name: 'Save weight' }).click();
  await expect(rowOf(page, 'Team key')).toContainText('0, paused');
  await expect.poll(async () => (await gatewayCall(baseURL, key)).status).toBe(402);

  await chooseAction(page, 'Team key', 'Replace');
  const dialog = page.getByRole('dialog', { name: 'Replace Team key' });
  await dialog.getByLabel('New API key').fill(anthropicKey('invalid-0123456789abcdef'));
  await dialog.getByRole('button', { name: 'Verify and replace' }).click();
  await expect(dialog.getByText('Anthropic refused this key (401).')).toBeVisible();
  const replacement = anthropicKey('replacement-0123456789-wxyz');
  await dialog.getByLabel('New API key').fill(replacement);
  await dialog.getByRole('button', { name: 'Verify and replace' }).click();
  await expect(dialog).toBeHidden();
  await expect(rowOf(page, 'Team key')).toContainText(`…${replacement.slice(-4)}`);

  await chooseAction(page, 'Team key', 'Remove');
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: /^Remove/ })
    .click();
  await expect(anthropic(page).getByText('Not connected')).toBeVisible();
});

test('a key that keeps failing is shown as failing, with the error, until it is verified', async ({
  page,
  baseURL,
}) => {
  const key = await newOrganization(page);
  for (let call = 0; call < 5; call++)
    expect((await gatewayCall(baseURL, key, message('[[fault:500]]'))).status).toBe(500);
  await expect(async () => {
    await page.goto('/settings/integrations');
    await expect(rowOf(page, 'Anthropic key')).toContainText('Failing since', { timeout: 1000 });
  }).toPass();
  await expect(rowOf(page, 'Anthropic key')).toContainText('the provider answered 500');
  await expect(page.getByText('1 key failing')).toBeVisible();
  await chooseAction(page, 'Anthropic key', 'Verify again');
  await expect(rowOf(page, 'Anthropic key')).toContainText('Healthy');
});

test('two keys share the requests, and one alone serves after the other is removed', async ({ page, baseURL }) => {
  await signUp(page);
  const key = await createApiKey(page);
  await connectAnthropic(page, undefined, 'First');
  await connectAnthropic(page, undefined, 'Second');
  await expect(anthropic(page).getByText('Connected, 2 keys')).toBeVisible();
  await expect(rowOf(page, 'First')).toContainText('50 %');
  await chooseAction(page, 'First', 'Remove');
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: /^Remove/ })
    .click();
  await expect(rowOf(page, 'First')).toBeHidden();
  await expect.poll(async () => (await gatewayCall(baseURL, key)).status).toBe(200);
});

test('the simulator answers until a real key is there', async ({ page, baseURL }) => {
  await signUp(page);
  const key = await createApiKey(page);
  await connectSimulator(page);
  await expect.poll(async () => (await gatewayCall(baseURL, key)).status).toBe(200);
  await connectAnthropic(page);
  const card = page.getByLabel('Simulator', { exact: true });
  await expect(card.getByText('Connected, not in use')).toBeVisible();
  await card.getByRole('button', { name: 'Disconnect' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disconnect' }).click();
  await expect(card.getByText('Not connected')).toBeVisible();
  expect((await gatewayCall(baseURL, key)).status).toBe(200);
});

test('no page and no response ever holds a saved key, only its last four characters', async ({ page, context }) => {
  await signUp(page);
  const recorded = recordResponses(context);
  const secret = await connectAnthropic(page);
  const replacement = anthropicKey();
  await chooseAction(page, 'Main', 'Replace');
  await page.getByLabel('New API key').fill(replacement);
  await page.getByRole('button', { name: 'Verify and replace' }).click();
  await expect(rowOf(page, 'Main')).toContainText(`…${replacement.slice(-4)}`);
  for (const path of ['/settings/integrations', '/settings/api-keys', '/dashboard', '/logs', '/welcome']) {
    await page.goto(path, { waitUntil: 'networkidle' });
    expect(await page.content(), path).not.toContain(replacement.slice(0, -4));
  }
  const texts = await recorded.texts();
  expect(texts.some((text) => text.includes(replacement.slice(-4)))).toBe(true);
  for (const [name, part] of [
    ['the first key', secret.slice(0, -4)],
    ['its replacement', replacement.slice(0, -4)],
    ['the middle of it', replacement.slice(13, 29)],
  ] as const) {
    expect(
      texts.filter((text) => text.includes(part)).map((text) => text.split('\n', 1)),
      name,
    ).toEqual([]);
  }
});

function anthropic(page: Page): Locator {
  return page.getByLabel('Anthropic', { exact: true });
}
