import type { BrowserContext, Page, TestInfo } from '@playwright/test';
import { signUp } from './support/account';
import { abandonedCall, createLog, gatewayCall, message } from './support/calls';
import { connectAnthropic } from './support/integrations';
import { createApiKey } from './support/keys';
import { untilLogged } from './support/logs';
import { expect, test } from './support/test';

/**
 * Every page, light and dark, wide and narrow: a picture of each is kept in test-results, and none scrolls sideways, writes an
 * error to the browser's console, or asks for what is not there.
 */

const LOOKS = [
  { name: 'light-1440', colorScheme: 'light', viewport: { width: 1440, height: 900 } },
  { name: 'dark-1440', colorScheme: 'dark', viewport: { width: 1440, height: 900 } },
  { name: 'light-390', colorScheme: 'light', viewport: { width: 390, height: 844 } },
  { name: 'dark-390', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
] as const;
const EXTREMES = [LOOKS[0], LOOKS[3]];

// More than a hundred pictures.
test.describe.configure({ timeout: 300_000 });

test('pages before there is anything', async ({ page, context }, info) => {
  const problems = watch(context);
  await page.goto('/sign-up');
  await picture(page, info, 'sign-up');
  await page.goto('/sign-in');
  await picture(page, info, 'sign-in');
  await signUp(page);
  await picture(page, info, 'welcome');
  for (const path of [
    '/dashboard',
    '/logs',
    '/cache',
    '/customers',
    '/alerts',
    '/settings/api-keys',
    '/settings/integrations',
    '/settings/webhooks',
  ]) {
    await page.goto(path);
    await picture(page, info, `empty-${path.split('/').at(-1)}`);
  }
  expect(problems).toEqual([]);
  await page.goto('/logs/nothing');
  await picture(page, info, 'not-found');
});

test('pages with traffic', async ({ page, baseURL, context }, info) => {
  const problems = watch(context);
  await signUp(page);
  await connectAnthropic(page);
  const key = await createApiKey(page);
  await createApiKey(page, { name: 'a-key-with-quite-a-long-name-of-a-service', environment: 'Test' });
  await watchers(page);
  const { answered, failed } = await traffic(baseURL, key);
  await untilLogged(page, answered, failed);
  for (const path of [
    '/welcome',
    '/dashboard',
    '/logs',
    `/logs/${answered}`,
    `/logs/${answered}?tab=raw`,
    `/logs/${answered}?tab=attempts`,
    `/logs/${answered}?tab=timing`,
    `/logs/${answered}?tab=metadata`,
    `/logs/${failed}`,
    '/settings/api-keys',
    '/settings/integrations',
    '/customers',
    '/customers/a-customer-with-quite-a-long-name@of-an-organization.example.com',
    '/alerts',
    '/settings/webhooks',
  ]) {
    await page.goto(path, { waitUntil: 'networkidle' });
    expect.soft(await shift(page), `${path} moves while it loads`).toBeLessThan(0.02);
    const name = path.replace(String(answered), 'answered').replace(String(failed), 'failed');
    await picture(page, info, name.slice(1).replace(/\W+/g, '-'), path.includes('tab=') ? EXTREMES : LOOKS);
  }
  expect(problems).toEqual([]);
});

test('dialogs and menus', async ({ page, context }, info) => {
  const problems = watch(context);
  await signUp(page);
  await page.goto('/settings/api-keys');
  await page.getByRole('button', { name: 'Create key' }).first().click();
  await picture(page, info, 'create-key');
  await page.getByRole('dialog').getByLabel('Name').fill('prod-web');
  await page.getByRole('dialog').getByRole('button', { name: 'Create key' }).click();
  await expect(page.getByTestId('new-api-key')).toBeVisible();
  await picture(page, info, 'new-key');
  await page.goto('/settings/integrations');
  await page.getByLabel('Anthropic', { exact: true }).getByRole('button', { name: 'Add key' }).click();
  await page.getByRole('button', { name: 'Verify and save' }).click();
  await expect(page.getByText(/^Paste an Anthropic API key/)).toBeVisible();
  await picture(page, info, 'add-provider-key');
  await page.goto('/alerts');
  await page.getByRole('button', { name: 'Create alert' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Create alert' }).click();
  await expect(page.getByText('Give the alert a name.')).toBeVisible();
  await picture(page, info, 'create-alert');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/dashboard');
  await page.getByRole('button', { name: 'Open navigation' }).click();
  await expect(page.getByRole('dialog').getByRole('link', { name: 'Integrations' })).toBeVisible();
  await picture(page, info, 'navigation', LOOKS.slice(2));
  expect(problems).toEqual([]);
});

/** An alert and a webhook, with an address that is public and that nobody answers at. */
async function watchers(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog');
  const url = 'https://1.0.0.0/a-long-path-that-goes-on-and-on-and-on/to-somewhere';
  await page.goto('/alerts');
  await page.getByRole('button', { name: 'Create alert' }).first().click();
  await dialog.getByLabel('Name').fill('Silence of the production keys of everybody');
  await dialog.getByLabel('Among at least').fill('0');
  await dialog.getByLabel('Slack').fill(url);
  await dialog.getByLabel('Webhook').fill(url);
  await dialog.getByRole('button', { name: 'Create alert' }).click();
  await expect(dialog).toBeHidden();
  await page.goto('/settings/webhooks');
  await page.getByRole('button', { name: 'Create webhook' }).first().click();
  await dialog.getByLabel('Name').fill('Warehouse of everything that was ever asked');
  await dialog.getByLabel('URL').fill(url);
  await dialog.getByRole('button', { name: 'Create webhook' }).click();
  await dialog.getByRole('button', { name: 'Done' }).click();
}

/** Calls of every kind, with texts long enough to show what happens to them. */
async function traffic(origin: string | undefined, key: string) {
  const long = 'A long unbroken-word-after-word-that-nobody-would-write and more of it. '.repeat(12);
  const answered = await gatewayCall(origin, key, message(`${long}[[reply:${long}]]`, { stream: true }));
  const [failed] = await Promise.all([
    gatewayCall(origin, key, message('[[fault:503 message=Something_is_down_and_will_be_back_later]]')),
    gatewayCall(origin, key, message('A question', { model: 'claude-opus-5-5' })),
    gatewayCall(origin, key, message('Another', { model: 'claude-haiku-5-5' })),
    abandonedCall(origin, key, 'Left'),
    createLog(origin, key, {
      model: 'a-model-of-our-own-with-a-very-long-name-2026-11-22',
      prompt_messages: [{ role: 'user', content: long }],
      completion_message: { role: 'assistant', content: 'Hello' },
      cost: 1234.5,
      customer_identifier: 'a-customer-with-quite-a-long-name@of-an-organization.example.com',
      generation_time: 4000,
    }),
  ]);
  expect([answered.status, failed.status]).toEqual([200, 503]);
  return { answered: answered.logId, failed: failed.logId };
}

/** What the pages of a context complain about, as it comes. */
function watch(context: BrowserContext): string[] {
  const problems: string[] = [];
  context.on('weberror', (error) => problems.push(`${error.page()?.url()}: ${error.error().message}`));
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      problems.push(`${message.page()?.url()}: ${message.text()}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`);
  });
  return problems;
}

/** Takes the page as it is in each look. */
async function picture(
  page: Page,
  info: TestInfo,
  name: string,
  looks: readonly (typeof LOOKS)[number][] = LOOKS,
): Promise<void> {
  const before = page.viewportSize();
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  for (const look of looks) {
    await page.emulateMedia({ colorScheme: look.colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize(look.viewport);
    await expect(page.locator('html')).toHaveAttribute('data-theme', look.colorScheme);
    expect.soft(await outside(page), `${name} at ${look.viewport.width} px`).toEqual([]);
    await page.screenshot({ path: info.outputPath(`${name}.${look.name}.png`), fullPage: true });
  }
  if (before) await page.setViewportSize(before);
}

/** What can't be reached without scrolling the page sideways: the page itself, or controls that lie outside the screen. */
function outside(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const isIn = ({ left, right }: DOMRect) => left >= -1 && right <= width + 1;
    // Tables and code scroll inside themselves; an overlay that covers the screen may not.
    const scrolls = (element: Element | null): boolean => {
      if (!element) return false;
      const { overflowX, position } = getComputedStyle(element);
      const own = (overflowX === 'auto' || overflowX === 'scroll') && position !== 'fixed';
      return (own && isIn(element.getBoundingClientRect())) || scrolls(element.parentElement);
    };
    const controls = [...document.querySelectorAll('a, button, input, h1, h2, [role="dialog"]')];
    const lost = controls.filter((control) => control.checkVisibility() && control.getBoundingClientRect().width > 1);
    const names = lost
      .filter((control) => !isIn(control.getBoundingClientRect()) && !scrolls(control.parentElement))
      .map(
        (control) => `${control.tagName} ${control.getAttribute('aria-label') ?? control.textContent?.slice(0, 40)}`,
      );
    return document.documentElement.scrollWidth > width ? ['the page itself', ...names] : names;
  });
}

/** How much of the page moved by itself since it was opened: 0 for nothing, 1 for all of it by the height of the screen. */
function shift(page: Page): Promise<number> {
  return page.evaluate(() => {
    const observer = new PerformanceObserver(() => {});
    observer.observe({ type: 'layout-shift', buffered: true });
    return observer.takeRecords().reduce((sum, entry) => sum + Number(entry.toJSON().value), 0);
  });
}
