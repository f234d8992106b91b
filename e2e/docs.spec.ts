import AxeBuilder from '@axe-core/playwright';
import type { Page, TestInfo } from '@playwright/test';
import { expect, test } from './support/test';

/** The documentation as anybody finds it: nobody is signed in here. */

test('from the sign-up page to an answer: the pages, the search, what is on a page', async ({ page, baseURL }) => {
  await page.goto('/sign-up');
  await page.getByRole('link', { name: 'Read the documentation' }).click();
  await expect(page).toHaveURL(/\/docs\/quickstart$/);
  await expect(page.getByRole('heading', { level: 1, name: 'Quickstart' })).toBeVisible();
  await expect(page.locator('code[data-language="sh"]').nth(1)).toContainText(
    `curl ${baseURL}/api/anthropic/v1/messages`,
  );

  const navigation = page.getByRole('navigation', { name: 'Documentation' });
  await navigation.getByRole('link', { name: 'Routing' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Routing' })).toBeVisible();
  await expect(navigation.getByRole('link', { name: 'Routing' })).toHaveAttribute('aria-current', 'page');
  await page.getByRole('navigation', { name: 'On this page' }).getByRole('link', { name: 'Hedging' }).click();
  await expect(page.getByRole('heading', { name: 'Hedging' })).toBeInViewport();

  await page.getByRole('searchbox').fill('credential_override');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Search: credential_override' })).toBeVisible();
  await page.getByRole('main').getByRole('link').first().click();
  await expect(page.getByRole('main').getByText('credential_override').first()).toBeVisible();
  await page.goto('/docs/search?q=zzzyx');
  await expect(page.getByText('No page has these words.')).toBeVisible();
  expect((await page.goto('/docs/nothing'))?.status()).toBe(404);
});

test('a page is copied as markdown, and its .md says the same', async ({ page, context, request }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/docs/byok');
  await page.getByRole('button', { name: 'Copy as markdown' }).click();
  await expect(page.getByText('Copied', { exact: true })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/^# Bring your own key\n/);
  const response = await request.get('/docs/byok.md');
  expect(response.headers()['content-type']).toBe('text/markdown; charset=utf-8');
  expect(await response.text()).toBe(copied);
  expect((await request.get('/docs/nothing.md')).status()).toBe(404);
});

test('llms.txt leads to every page, and llms-full.txt has them', async ({ request, baseURL }) => {
  const index = await (await request.get('/llms.txt')).text();
  const addresses = [...index.matchAll(/\]\((\S+\.md)\)/g)].map(([, address]) => String(address));
  expect(addresses.length).toBeGreaterThan(12);
  const full = await (await request.get('/llms-full.txt')).text();
  for (const address of addresses) {
    expect(address.startsWith(`${baseURL}/docs/`)).toBe(true);
    const text = await (await request.get(address)).text();
    expect(full).toContain(text.trim());
  }
});

test('the editor buttons lead to this installation', async ({ page, baseURL }) => {
  await page.goto('/docs/mcp-servers');
  const card = page.getByLabel('Add it with one click');
  await expect(card.locator('code')).toContainText(`"url": "${baseURL}/mcp/docs"`);
  await expect(card.getByRole('link', { name: 'Add to Cursor' })).toHaveAttribute('href', /^cursor:\/\/.*respan-docs/);
  await expect(card.getByRole('link', { name: 'Add to VS Code' })).toHaveAttribute('href', /^vscode:mcp\/install\?/);
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1440, 390]) {
    test(`no barriers, nothing outside, in ${colorScheme} at ${width} px`, async ({ page }, info) => {
      // The reference alone is thousands of elements, each of which is looked at.
      test.setTimeout(240_000);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 900 });
      for (const path of ['/docs/quickstart', '/docs/mcp-servers', '/docs/search?q=key', '/docs/api-reference'])
        await look(page, path, info, `${colorScheme}-${width}`);
    });
  }
}

async function look(page: Page, path: string, info: TestInfo, name: string): Promise<void> {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  await page.goto(path, { waitUntil: 'networkidle' });
  await page.screenshot({ path: info.outputPath(`${path.replace(/\W+/g, '-')}.${name}.png`), fullPage: false });
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`);
  expect.soft(found, path).toEqual([]);
  const [content, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect.soft(content, `${path} scrolls sideways`).toBeLessThanOrEqual(screen ?? 0);
  expect.soft(problems, path).toEqual([]);
}
