import type { Page } from '@playwright/test';
import { signUp } from './account';
import { connectAnthropic, connectSimulator } from './integrations';
import { createApiKey } from './keys';

/** A new organization that can make calls. @returns its API key, of the production environment, called "prod-web" */
export async function newOrganization(page: Page, provider: 'anthropic' | 'simulator' = 'anthropic'): Promise<string> {
  await signUp(page);
  if (provider === 'anthropic') await connectAnthropic(page);
  else await connectSimulator(page);
  return createApiKey(page);
}
