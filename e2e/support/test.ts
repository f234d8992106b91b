import { test as base } from '@playwright/test';

export { expect } from '@playwright/test';

/** Playwright's test with `baseURL` leading to the server that the whole run shares. */
export const test = base.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from its first parameter's pattern.
  baseURL: async ({}, use) => {
    const url = process.env.E2E_BASE_URL;
    if (!url) throw new Error('The shared server is not running: run the specs with `npx playwright test`.');
    await use(url);
  },
});
