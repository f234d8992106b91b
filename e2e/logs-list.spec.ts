import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { signUp } from './support/account';
import { createLog, gatewayCall, message } from './support/calls';
import { createApiKey } from './support/keys';
import { untilLogged } from './support/logs';
import { newOrganization } from './support/organization';
import { expect, test } from './support/test';

// Each of these goes through a whole flow.
test.describe.configure({ timeout: 120_000 });

async function threeLogs(page: Page, baseURL: string | undefined): Promise<string> {
  const key = await newOrganization(page);
  for (const [number, cost] of [
    ['one', 0.01],
    ['two', 0.02],
    ['three', 0.03],
  ] as const) {
    const log = await createLog(baseURL, key, {
      model: `model-${number}`,
      prompt_messages: [{ role: 'user', content: `Question ${number}\nwith a hidden-${number} word` }],
      completion_message: { role: 'assistant', content: `Answer ${number}` },
      cost,
      metadata: { team: number },
    });
    await untilLogged(page, log.logId);
  }
  return key;
}

test('filters for any field, with operators, are added, changed and removed by keyboard', async ({ page, baseURL }) => {
  await threeLogs(page, baseURL);
  await page.goto('/logs');
  const rows = page.getByRole('table').getByRole('link');
  await expect(rows).toHaveCount(3);
  await press(page, 'f', page.getByLabel('Find a field'));
  await page.getByLabel('Find a field').fill('cost');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Cost' }).fill('0.02');
  await page.keyboard.press('Enter');
  await expect(rows).toHaveCount(2);
  await expect(page).toHaveURL(/filters=.*cost.*gte/);
  await page.reload();
  await expect(rows).toHaveCount(2);

  await page.getByRole('button', { name: /^Cost at least/ }).click();
  await page.getByRole('combobox', { name: 'How Cost is compared' }).click();
  await page.getByRole('option', { name: 'more than' }).click();
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(rows).toHaveCount(1);
  await page.getByRole('button', { name: 'Remove the filter Cost more than 0.02 $' }).click();
  await expect(rows).toHaveCount(3);

  await press(page, 'f', page.getByLabel('Find a field'));
  await page.getByLabel('Find a field').fill('team');
  await page.getByRole('button', { name: 'Metadata team' }).click();
  await page.getByRole('textbox', { name: 'team' }).fill('two');
  await page.keyboard.press('Enter');
  await expect(rows).toHaveCount(1);
  await page.getByRole('button', { name: 'Clear all' }).click();

  await page.getByRole('button', { name: 'Show values' }).click();
  const values = page.getByRole('complementary', { name: 'Values to filter by' });
  await values.getByRole('checkbox', { name: 'model-one' }).click();
  await values.getByRole('checkbox', { name: 'model-three' }).click();
  await expect(rows).toHaveCount(2);
});

test('search finds first lines at once, and whole texts when asked', async ({ page, baseURL }) => {
  await threeLogs(page, baseURL);
  await page.goto('/logs');
  const rows = page.getByRole('table').getByRole('link');
  const search = page.getByLabel('Search prompts and replies');
  await press(page, '/', search.and(page.locator(':focus')));
  await page.keyboard.type('question TWO');
  await expect(rows).toHaveCount(1);
  await expect(page).toHaveURL(/[?&]q=question\+TWO/);
  await search.fill('hidden-three');
  await expect(page.getByText('No log matches these filters')).toBeVisible();
  await page.getByRole('button', { name: 'Search whole texts' }).click();
  await expect(rows).toHaveCount(1);
  await expect(page.getByRole('row').filter({ hasText: 'Question three' })).toBeVisible();
});

test('a row opens beside the list, keys go through the logs, and the address keeps the open one', async ({
  page,
  baseURL,
}) => {
  await threeLogs(page, baseURL);
  await page.goto('/logs');
  await page.getByRole('row').filter({ hasText: 'Question three' }).getByRole('link').click();
  const panel = page.getByRole('complementary', { name: 'Log', exact: true });
  await expect(panel.getByRole('heading', { name: 'model-three' })).toBeVisible();
  await page.keyboard.press('j');
  await expect(panel.getByRole('heading', { name: 'model-two' })).toBeVisible();
  await page.keyboard.press('k');
  await expect(panel.getByRole('heading', { name: 'model-three' })).toBeVisible();
  await page.reload();
  await expect(panel.getByRole('heading', { name: 'model-three' })).toBeVisible();
  await expect(page.getByRole('table')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('heading', { name: 'model-two' })).toBeVisible();
});

test('what is filtered is exported, and only that', async ({ page, baseURL }) => {
  await threeLogs(page, baseURL);
  await page.goto('/logs?model=model-two');
  await page.getByRole('button', { name: 'Export' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'JSON lines' }).click();
  const file = await (await download).createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of file) chunks.push(chunk);
  const lines = Buffer.concat(chunks).toString().trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).model)).toEqual(['model-two']);
  await expect(page.getByText('Saved 1 log.')).toBeVisible();
});

test('columns are hidden, moved and resized, and stay so', async ({ page, baseURL }) => {
  await threeLogs(page, baseURL);
  await page.goto('/logs');
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'TTFT' }).click();
  await page.getByRole('checkbox', { name: 'Endpoint' }).click();
  await page.getByRole('button', { name: 'Move Model up' }).click();
  await page.keyboard.press('Escape');
  const headings = page.getByRole('columnheader');
  await expect(headings.filter({ hasText: 'TTFT' })).toHaveCount(0);
  await expect(headings.filter({ hasText: 'Endpoint' })).toHaveCount(1);
  await expect(headings.nth(1)).toContainText('Model');
  const edge = page.getByRole('separator', { name: 'Width of Model' });
  const before = (await headings.nth(1).boundingBox())?.width ?? 0;
  await edge.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.reload();
  await expect(headings.nth(1)).toContainText('Model');
  expect((await headings.nth(1).boundingBox())?.width ?? 0).toBeGreaterThan(before + 20);
});

test('new logs are pushed while it is live, wait while it is paused, and are counted when out of sight', async ({
  page,
  baseURL,
}) => {
  const key = await threeLogs(page, baseURL);
  let asked = 0;
  await page.goto('/logs');
  await expect(page.getByRole('button', { name: 'Live' })).toBeVisible();
  await page.waitForTimeout(2000);
  page.on('request', (request) => {
    if (new URL(request.url()).pathname === '/api/dashboard/logs') asked += 1;
  });
  await page.waitForTimeout(5000);
  expect(asked, 'nothing is asked for while nothing happens').toBe(0);
  await gatewayCall(baseURL, key, message('Pushed question'));
  await expect(page.getByRole('row').filter({ hasText: 'Pushed question' })).toBeVisible();

  await page.getByRole('button', { name: 'Live' }).click();
  await gatewayCall(baseURL, key, message('Held question'));
  await page.getByRole('button', { name: 'New logs' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'Held question' })).toBeVisible();

  await Promise.all(
    Array.from({ length: 40 }, (_, index) => gatewayCall(baseURL, key, message(`Filling question ${index}`))),
  );
  await expect(page.getByRole('row').filter({ hasText: 'Filling question' }).first()).toBeVisible();
  const list = page.getByRole('table').locator('xpath=ancestor::*[@tabindex="0"]');
  await expect.poll(() => list.evaluate((element) => element.scrollHeight)).toBeGreaterThan(44 * 36);
  await list.evaluate((element) => element.scrollTo(0, 500));
  await gatewayCall(baseURL, key, message('Unseen question'));
  await page.getByRole('button', { name: '1 new' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'Unseen question' })).toBeVisible();
});

test('a list goes on without a gap or a repetition, from wherever its address begins', async ({ page, baseURL }) => {
  await signUp(page);
  const key = await createApiKey(page);
  const numbers = Array.from({ length: 130 }, (_, index) => index);
  const logs = await Promise.all(
    numbers.map((number) =>
      createLog(baseURL, key, {
        model: 'claude-sonnet-5-5',
        prompt_messages: [{ role: 'user', content: `Question number ${number}.` }],
        completion_message: { role: 'assistant', content: 'Answer' },
      }),
    ),
  );
  await untilLogged(page, ...logs.map(({ logId }) => logId));
  await page.goto('/logs');
  const list = page.getByRole('table').locator('xpath=ancestor::*[@tabindex="0"]');
  await expect(page.getByRole('table').getByRole('link').first()).toBeVisible();
  const seen = new Set(await questions(page));
  const order = [...seen];
  await expect(async () => {
    await list.evaluate((element) => element.scrollBy(0, 600));
    for (const question of await questions(page)) {
      if (!seen.has(question)) order.push(question);
      seen.add(question);
    }
    expect(await page.getByText('No older logs').isVisible()).toBe(true);
    expect(seen.size).toBe(130);
  }).toPass({ intervals: [150], timeout: 70_000 });
  // Only what is in sight is drawn.
  expect(await page.getByRole('row').count()).toBeLessThan(60);

  const { rows } = await (await page.request.get('/api/dashboard/logs')).json();
  await page.goto(`/logs?older=${rows[49].id}`);
  await expect(page.getByText(order[50] ?? '', { exact: true }).first()).toBeAttached();
  await expect(page.getByRole('button', { name: 'Newest' })).toBeVisible();
  await list.evaluate((element) => element.scrollTo(0, 0));
  await expect(async () => {
    await list.evaluate((element) => element.scrollTo(0, 0));
    expect((await questions(page))[0]).toBe(order[0]);
  }).toPass({ timeout: 20_000 });
});

test('views are saved and chosen again, and a link shows a log to a stranger until it is taken back', async ({
  page,
  browser,
  baseURL,
}) => {
  await threeLogs(page, baseURL);
  await page.goto('/logs?model=model-two');
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByLabel('Name of the view').fill('Second model');
  await page.getByRole('button', { name: 'Save view' }).click();
  await expect(page.getByRole('button', { name: 'Second model', exact: true })).toBeVisible();
  await page.goto('/logs');
  const rows = page.getByRole('table').getByRole('link');
  await expect(rows).toHaveCount(3);
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('button', { name: 'Second model', exact: true }).click();
  await expect(rows).toHaveCount(1);

  await rows.click();
  await page.getByRole('button', { name: 'Good answer' }).click();
  await expect(page.getByRole('button', { name: 'Good answer' })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('button', { name: '7 days' }).click();
  const link = await page.getByText(/\/share\/[\w-]{32}/).innerText();
  const stranger = await (await browser.newContext({ baseURL })).newPage();
  await stranger.goto(new URL(link).pathname);
  await expect(stranger.getByText('Answer two')).toBeVisible();
  await expect(stranger.getByText('prod-web')).toHaveCount(0);
  await expect(stranger.locator('meta[name="robots"]')).toHaveAttribute('content', /noindex/);
  await page.getByRole('button', { name: 'Take back' }).click();
  await expect(page.getByRole('button', { name: 'Take back' })).toHaveCount(0);
  await stranger.reload();
  await expect(stranger.getByText('Answer two')).toHaveCount(0);
  await stranger.context().close();
});

test('nothing on the page keeps anyone out', async ({ page, baseURL }) => {
  await threeLogs(page, baseURL);
  await page.goto('/logs');
  await expect(page.getByRole('button', { name: 'Live' })).toBeVisible();
  await page.getByRole('button', { name: 'Show values' }).click();
  expect(await faults(page), 'the list').toEqual([]);
  await page.getByRole('row').filter({ hasText: 'Question two' }).getByRole('link').click();
  await expect(page.getByRole('heading', { name: 'Feedback' })).toBeVisible();
  expect(await faults(page), 'the panel').toEqual([]);
  await page.keyboard.press('Escape');
  await press(page, 'f', page.getByLabel('Find a field'));
  expect(await faults(page), 'a new filter').toEqual([]);
});

async function faults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
}

/** The questions of the page, from top to bottom. */
async function questions(page: Page): Promise<string[]> {
  const texts = await page.getByRole('row').filter({ hasText: 'Question number' }).allInnerTexts();
  return texts.map((text) => /Question number \d+\./.exec(text)?.[0] ?? text);
}

/** Presses a key until it does something: a page that has just come listens a moment later. */
async function press(page: Page, key: string, until: Locator): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(key);
    await expect(until).toBeVisible({ timeout: 500 });
  }).toPass();
}
