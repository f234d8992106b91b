import { expect, type Page } from '@playwright/test';
import { signUp } from './account';
import { anthropicKey } from './integrations';

/**
 * A new organization that can make calls, set up on the welcome page.
 * @returns its API key, of the production environment, called "prod-web"
 */
export async function newOrganization(page: Page, provider: 'anthropic' | 'simulator' = 'anthropic'): Promise<string> {
  await signUp(page);
  const first = page.getByLabel('Create an API key', { exact: true });
  await first.getByLabel('Name').fill('prod-web');
  await first.getByRole('button', { name: 'Create key' }).click();
  const key = await first.getByTestId('new-api-key').innerText();
  const second = page.getByLabel('Connect a provider', { exact: true });
  if (provider === 'simulator') {
    await second.getByRole('button', { name: 'Use the simulator' }).click();
  } else {
    await second.getByLabel('Anthropic API key').fill(anthropicKey());
    await second.getByRole('button', { name: 'Verify and connect' }).click();
  }
  await expect(page.getByRole('button', { name: 'Send request' })).toBeVisible();
  return key;
}
