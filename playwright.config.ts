import { defineConfig, devices } from '@playwright/test';
import { systemChromium } from './scripts/lib/chromium.mjs';

const asRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: 'e2e',
  // Starts the real server once for the whole run; specs that need one of their own use startServer from e2e/support/server.
  globalSetup: './e2e/support/global-setup.ts',
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ? [['list'], ['json']] : [['list']],
  use: {
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: systemChromium(),
      // Chromium's sandbox does not work as root.
      args: asRoot ? ['--no-sandbox'] : [],
    },
  },
  projects: [
    { name: 'clients', testMatch: 'clients/**/*.spec.ts' },
    {
      name: 'chromium',
      testIgnore: 'clients/**',
      use: { ...devices['Desktop Chrome'], viewport: { width: 1440, height: 900 } },
    },
  ],
});
