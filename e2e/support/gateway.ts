import type { Browser } from '@playwright/test';
import { openDatabase } from './database';
import { startProvider } from './provider';
import { startServer } from './server';
import { test as base } from './test';

export { expect } from '@playwright/test';

export interface GatewayFixture {
  /** The server's address, without a trailing slash. */
  readonly url: string;
  /** An API key of an organization that has connected a provider key. */
  readonly key: string;
  /** The log's row and payload, once it is written. */
  log(id: string | null | undefined): Promise<Record<string, unknown>>;
}

const KEY = 'cl1entsk.0123456789abcdefghijABCDEFGHIJ12';
const EMAIL = 'ada@example.com';
const PASSWORD = 'correct horse battery staple';

/** A server with an account, an API key and a verified provider key: what an SDK finds when it is pointed at Respan. */
export const test = base.extend<Record<never, never>, { gateway: GatewayFixture }>({
  gateway: [
    async ({ browser }, use) => {
      const provider = await startProvider({ instant: true });
      const env = { RESPAN_INIT_EMAIL: EMAIL, RESPAN_INIT_PASSWORD: PASSWORD, RESPAN_INIT_API_KEY: KEY };
      const server = await startServer({ env: { ...env, ANTHROPIC_BASE_URL: provider.url } });
      await connectProvider(browser, server.url);
      await use({ url: server.url, key: KEY, log: (id) => readLog(server.dataDir, id) });
      await server.stop();
      await server.remove();
      await provider.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

/** As a person does it, on the Integrations page. */
async function connectProvider(browser: Browser, url: string): Promise<void> {
  const page = await browser.newPage();
  await page.goto(`${url}/sign-in?next=/settings/integrations`);
  await page.getByLabel('Email').fill(EMAIL);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Add key' }).first().click();
  await page.getByLabel('Anthropic API key').fill('sk-ant-api03-clients-0123456789abcdef');
  await page.getByRole('button', { name: 'Verify and save' }).click();
  await page.getByText('Anthropic accepted the key').first().waitFor();
  await page.close();
}

async function readLog(dataDir: string, id: string | null | undefined): Promise<Record<string, unknown>> {
  const database = await openDatabase(dataDir);
  try {
    for (let tries = 0; tries < 100; tries++) {
      const { rows } = await database.query(
        `SELECT * FROM "RequestLog" JOIN "RequestPayload" USING ("organizationId", "id") WHERE "id" = $1`,
        [id],
      );
      if (rows[0]) return rows[0];
      await new Promise((done) => setTimeout(done, 100));
    }
  } finally {
    await database.end();
  }
  throw new Error(`There is no log ${id}.`);
}
