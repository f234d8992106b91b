import { randomBytes } from 'node:crypto';
import { expect, type Page } from '@playwright/test';

/** A key that the provider accepts. With `mark` in it, it can be found wherever it might leak to. */
export function anthropicKey(mark = randomBytes(24).toString('base64url').replace(/_/g, 'x')): string {
  return `sk-ant-api03-${mark}AA`;
}

export async function connectSimulator(page: Page): Promise<void> {
  await page.goto('/settings/integrations');
  const card = page.getByLabel('Simulator', { exact: true });
  await card.getByRole('button', { name: 'Connect simulator' }).click();
  await expect(card.getByText('Connected', { exact: true })).toBeVisible();
}

/** Saves a key of the provider in a process of its own, after the provider has accepted it. @returns the key */
export async function connectAnthropic(page: Page, secret = anthropicKey(), name = 'Main'): Promise<string> {
  await page.goto('/settings/integrations');
  await page.getByLabel('Anthropic', { exact: true }).getByRole('button', { name: 'Add key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('Anthropic API key').fill(secret);
  await dialog.getByRole('button', { name: 'Verify and save' }).click();
  await expect(dialog).toBeHidden();
  return secret;
}
