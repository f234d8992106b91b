import { expect, type Page } from '@playwright/test';

interface NewKey {
  name?: string;
  environment?: 'Production' | 'Test';
}

/** Makes a key on the API keys page. @returns the whole key, "prefix.secret" */
export async function createApiKey(page: Page, { name = 'prod-web', environment }: NewKey = {}): Promise<string> {
  await page.goto('/settings/api-keys');
  await page.getByRole('button', { name: 'Create key' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(name);
  if (environment) await dialog.getByRole('radio', { name: environment }).click();
  await dialog.getByRole('button', { name: 'Create key' }).click();
  await expect(dialog.getByRole('heading', { name: `${name} is ready` })).toBeVisible();
  const secret = await dialog.getByTestId('new-api-key').innerText();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(dialog).toBeHidden();
  return secret;
}
