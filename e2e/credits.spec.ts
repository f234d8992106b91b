import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { newPerson, signUp } from './support/account';
import { gatewayCall, message } from './support/calls';
import { anthropicKey } from './support/integrations';
import { createApiKey } from './support/keys';
import { type Provider, startProvider } from './support/provider';
import { startServer, type TestServer } from './support/server';
import { expect, test } from './support/test';

test.describe.configure({ mode: 'serial' });

let provider: Provider;
let server: TestServer;
test.beforeAll(async () => {
  provider = await startProvider();
  const ANTHROPIC_API_KEY = anthropicKey();
  const env = { ANTHROPIC_API_KEY, ANTHROPIC_BASE_URL: provider.url, SIGNUP_CREDIT_USD: '0.50' };
  server = await startServer({ env });
});
test.afterAll(async () => {
  await server?.stop();
  await server?.remove();
  await provider?.stop();
});

const SHOTS = process.env.SCREENSHOT_DIR;

/** Both themes in both widths, where somebody wants to look at them. */
async function look(page: Page, name: string): Promise<void> {
  if (!SHOTS) return;
  await mkdir(SHOTS, { recursive: true });
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ] as const) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${SHOTS}/credits-${name}-${colorScheme}-${width}.png`, fullPage: true });
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
}

const balance = (page: Page) => page.getByLabel('Balance', { exact: true });

test('a new person gets credits, calls with the platform’s key, is granted more and sees the balance fall', async ({
  browser,
}) => {
  const page = await browser.newPage({ baseURL: server.url });
  const person = await signUp(page, newPerson());
  const key = await createApiKey(page);
  await page.getByRole('link', { name: 'Credits' }).click();
  await expect(page.getByRole('heading', { name: 'Credits', level: 1 })).toBeVisible();
  await expect(balance(page)).toContainText('$0.50');
  await expect(page.getByRole('cell', { name: 'Credits to begin with' })).toBeVisible();
  await look(page, 'new');

  // The first account of the installation owns it.
  await page.getByRole('link', { name: 'grant credits' }).click();
  await page.getByLabel('Email of the account').fill('nobody@example.com');
  await page.getByLabel('Amount in dollars').fill('12.50');
  await page.getByLabel('What it is for').fill('Pilot');
  await page.getByLabel('Good until').fill('2099-01-31');
  await page.getByRole('button', { name: 'Grant credits' }).click();
  await expect(page.getByText('No account has the address nobody@example.com.')).toBeVisible();
  await look(page, 'grant-refused');
  await page.getByLabel('Email of the account').fill(person.email);
  await page.getByRole('button', { name: 'Grant credits' }).click();
  // What is read out says more than what is shown.
  await expect(page.getByText('$12.50 for Ada’s team', { exact: true })).toBeVisible();

  const answer = await gatewayCall(
    server.url,
    key,
    message('Tell a long story. [[tokens:out=1500]]', { max_tokens: 4000 }),
  );
  expect(answer.status).toBe(200);
  const streamed = await gatewayCall(server.url, key, message('Say hello.', { stream: true }));
  expect(streamed.text).toContain('message_stop');

  await page.goto('/settings/credits');
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole('cell', { name: 'claude-sonnet-5-5' })).toHaveCount(2, { timeout: 1000 });
  }).toPass();
  await expect(balance(page)).toContainText(/\$12\.9\d/);
  await expect(balance(page)).toContainText('Jan 31, 2099');
  await expect(page.getByText(/for 2 calls in the last 30 days/)).toBeVisible();
  await look(page, 'used');

  await page.getByLabel('Warn below, in dollars').fill('lots');
  await page.getByRole('button', { name: 'Save warning' }).click();
  await expect(page.getByText('Enter an amount in dollars, such as 25 or 12.50.')).toBeVisible();
  await page.getByLabel('Warn below, in dollars').fill('50');
  await page.getByRole('button', { name: 'Save warning' }).click();
  await expect(page.getByText(/are left, below the \$50\.00/)).toBeVisible();
  await look(page, 'low');

  const csv = await page.request.get('/api/dashboard/credits/export');
  expect((await csv.text()).split('\r\n')).toHaveLength(6);
  const api = await page.request.get('/api/credit-transactions/list/', { headers: { authorization: `Bearer ${key}` } });
  expect(await api.json()).toMatchObject({
    count: 4,
    results: [{ transaction_type: 'usage' }, {}, { amount: 12.5 }, {}],
  });
  await page.close();
});

test('the command line grants on the running installation, and a person without credits is refused with both ways out', async ({
  browser,
}) => {
  const page = await browser.newPage({ baseURL: server.url });
  const person = await signUp(page, newPerson());
  const key = await createApiKey(page);
  const run = promisify(execFile);
  const grant = (usd: string) =>
    run(process.execPath, ['scripts/admin.mjs', 'grant', '--email', person.email, '--usd', usd, '--note', 'By hand'], {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production', DATA_DIR: server.dataDir },
    });
  expect((await grant('-0.50')).stdout).toContain('Its balance is $0.00.');
  const refused = await gatewayCall(server.url, key);
  expect(refused.status).toBe(402);
  expect(refused.text).toMatch(/Add credits on the Credits page, or connect your own Anthropic key/);
  await page.goto('/settings/credits');
  await expect(page.getByText(/The credits are used up/)).toBeVisible();
  await expect(page.getByText(/Ask whoever runs this installation/)).toBeVisible();
  await look(page, 'used-up');
  expect((await page.goto('/settings/grants'))?.status()).toBe(404);
  expect((await grant('5')).stdout).toContain('Its balance is $5.00.');
  expect((await gatewayCall(server.url, key)).status).toBe(200);
  await page.close();
});
