import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { signUp } from './support/account';
import { gatewayCall, message } from './support/calls';
import { connectAnthropic } from './support/integrations';
import { untilLogged } from './support/logs';
import { newOrganization } from './support/organization';
import { expect, test } from './support/test';

/** "prefix.secret": the form of every key of ours. */
const ANY_KEY = /(?<![A-Za-z0-9])[A-Za-z0-9]{8}\.[A-Za-z0-9]{32}(?![A-Za-z0-9])/;

const answer = (page: Page, position = 1) => page.getByRole('region', { name: `Answer ${position}`, exact: true });
const input = (page: Page, position = 1) =>
  page.getByRole('textbox', { name: `User message ${position}`, exact: true });

async function openPlayground(page: Page): Promise<void> {
  await page.goto('/playground');
  await expect(input(page)).toBeVisible();
}

async function run(page: Page, text: string): Promise<void> {
  await input(page).fill(text);
  await input(page).press('ControlOrMeta+Enter');
}

test('a new person runs a prompt, stops one, and finds both among the logs; the key stays on the server', async ({
  page,
}) => {
  const seen: Promise<string>[] = [];
  page.on('response', (response) => {
    const body = response.text().catch(() => '');
    seen.push(body.then((text) => `${response.url()}\n${JSON.stringify(response.headers())}\n${text}`));
  });
  await signUp(page);
  await connectAnthropic(page);
  await page.getByRole('link', { name: 'Playground' }).click();
  await expect(page.getByRole('heading', { name: 'Playground' })).toBeVisible();

  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByText('Write a message first.')).toBeVisible();
  await page.getByRole('textbox', { name: 'System prompt' }).fill('Be brief.');
  await run(page, '[[reply:The answer is forty-two.]] What is it?');
  await expect(answer(page)).toContainText('The answer is forty-two.');
  await expect(answer(page)).toContainText('Done');
  await expect(answer(page).getByText(/^\$0\.\d+/)).toBeVisible();
  await expect(answer(page).getByText(/tok\/s$|^—$/)).toBeVisible();

  await page.reload();
  await expect(answer(page)).toContainText('The answer is forty-two.');
  await expect(page.getByRole('textbox', { name: 'System prompt' })).toHaveValue('Be brief.');

  await run(page, '[[length:300]] [[fault:stall after=3]]');
  await expect(answer(page)).toContainText('Answering');
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(answer(page)).toContainText('Stopped');
  await answer(page).getByRole('link', { name: 'Open its log' }).click();
  await expect(page).toHaveURL(/\/logs\/[0-9a-f-]{36}/);
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole('heading', { name: 'claude-sonnet-5-5' })).toBeVisible({ timeout: 1000 });
  }).toPass();

  const filter = encodeURIComponent('[{"field":"metadata__source","value":"playground"}]');
  await page.goto(`/logs?environment=test&range=all&filters=${filter}`);
  await expect(page.getByText('Be brief').or(page.getByText('What is it?')).first()).toBeVisible();
  await page.goto('/settings/api-keys');
  await expect(page.getByRole('cell', { name: 'Playground' })).toHaveCount(0);
  for (const text of await Promise.all(seen)) expect(text).not.toMatch(ANY_KEY);
});

test('two models answer side by side, and an error says what happened', async ({ page }) => {
  await newOrganization(page, 'anthropic');
  await openPlayground(page);
  await page.getByRole('button', { name: 'Compare with another model' }).click();
  await run(page, '[[reply:Side by side]]');
  for (const position of [1, 2]) {
    await expect(answer(page, position)).toContainText('Side by side');
    await expect(answer(page, position).getByRole('link', { name: 'Open its log' })).toBeVisible();
  }
  await page.getByRole('button', { name: 'Remove model 2' }).click();
  await expect(answer(page, 2)).toHaveCount(0);
  await run(page, '[[fault:400 message=This_model_is_asleep]]');
  await expect(answer(page).getByRole('alert')).toContainText('This model is asleep');
  await expect(answer(page)).toContainText('Failed');
});

test('variables, an attached image, a tool with a made-up result, and the code of it all', async ({ page }) => {
  await newOrganization(page, 'simulator');
  await openPlayground(page);
  await input(page).fill('What is the weather in {{city}}?');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByText(/Give \{\{city\}\} a value/)).toBeVisible();
  await page.getByText('Variables', { exact: true }).click();
  await page.getByLabel('city').fill('Paris');
  await page.getByText('Tools', { exact: true }).click();
  await page.getByLabel('Tools as JSON').fill('{');
  await expect(page.getByText(/This is not JSON/)).toBeVisible();
  await page.getByLabel('Tools as JSON').fill('');
  await page.getByRole('button', { name: 'Add a tool' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Attach to message 1' }).click();
  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  await (await chooser).setFiles({ name: 'dot.png', mimeType: 'image/png', buffer: Buffer.from(png, 'base64') });
  await expect(page.getByAltText('dot.png, attached')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(answer(page)).toContainText('get_weather');
  await expect(answer(page)).toContainText('Paris');
  await answer(page).getByRole('button', { name: 'Continue' }).click();
  const result = page.getByLabel(/^Result of toolu_/);
  await expect(result).toBeFocused();
  await result.fill('It rains.');
  await result.press('ControlOrMeta+Enter');
  await expect(answer(page)).toContainText('Done');
  await page.getByRole('button', { name: 'View code' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('/api/anthropic/v1/messages');
  await expect(dialog).toContainText('What is the weather in Paris?');
  await expect(dialog).toContainText('BASE64 OF dot.png');
});

test('a log is opened here with everything restored and forked; one of another organization is not', async ({
  page,
  browser,
  baseURL,
}) => {
  const key = await newOrganization(page);
  const logged = message('First', {
    model: 'claude-haiku-5-5',
    max_tokens: 321,
    system: 'You are a pirate.',
    messages: [
      { role: 'user', content: 'First' },
      { role: 'assistant', content: 'Second' },
      { role: 'user', content: '[[reply:Fourth]] Third' },
    ],
  });
  const call = await gatewayCall(baseURL, key, logged);
  await untilLogged(page, call.logId);
  await page.goto(`/logs/${call.logId}`);
  await page.getByRole('link', { name: 'Open in playground' }).click();
  await expect(page.getByRole('textbox', { name: 'System prompt' })).toHaveValue('You are a pirate.');
  await expect(page).toHaveURL(/\/playground$/);
  await expect(input(page, 3)).toHaveValue('[[reply:Fourth]] Third');
  await expect(page.getByText('321 tokens')).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Model 1' })).toContainText('claude-haiku-5-5');
  await expect(answer(page)).toContainText('Fourth');
  await page.getByRole('button', { name: 'Fork at message 1' }).click();
  await expect(input(page, 3)).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(input(page, 3)).toBeVisible();
  await run(page, 'First, changed');
  await expect(answer(page)).toContainText('Done');
  await page.getByRole('button', { name: 'History' }).click();
  await expect(page.getByRole('dialog').getByRole('button', { name: /claude-haiku-5-5/ })).toBeVisible();

  const stranger = await browser.newPage({ baseURL });
  await newOrganization(stranger);
  await stranger.goto(`/playground?log=${call.logId}`);
  await expect(stranger.getByText('The log could not be opened')).toBeVisible();
  await expect(stranger.getByText('pirate')).toHaveCount(0);
  await stranger.close();
});

test('nobody runs anything without a session, or with what is no request', async ({ page, request }) => {
  const data = { format: 'messages', body: JSON.stringify(message('Hi')) };
  expect((await request.post('/api/dashboard/playground', { data })).status()).toBe(401);
  await newOrganization(page, 'simulator');
  const wrong = await page.request.post('/api/dashboard/playground', { data: { ...data, body: '{}' } });
  expect(wrong.status()).toBe(422);
  expect(JSON.stringify(await wrong.json())).toContain('must name a model');
});

const LOOKS = [
  { colorScheme: 'light', viewport: { width: 1440, height: 900 } },
  { colorScheme: 'dark', viewport: { width: 1440, height: 900 } },
  { colorScheme: 'light', viewport: { width: 390, height: 844 } },
  { colorScheme: 'dark', viewport: { width: 390, height: 844 } },
] as const;

test('it reads well in both themes and widths: empty, done, failing; axe finds nothing', async ({ page }, info) => {
  test.setTimeout(180_000);
  await newOrganization(page);
  await openPlayground(page);
  await look('empty');
  for (const title of ['Variables', 'Parameters', 'Tools', 'Structured output'])
    await page.getByText(title, { exact: true }).click();
  await page.getByRole('button', { name: 'Compare with another model' }).click();
  await page.getByLabel('Tools as JSON').fill('[');
  await run(page, 'Tell me about {{thing}}');
  await look('problems');
  await page.getByLabel('Tools as JSON').fill('');
  await run(page, '[[length:120]] Tell me something long');
  for (const position of [1, 2]) await expect(answer(page, position)).toContainText('Done');
  await expect(answer(page, 2).getByText(/^\$/)).toBeVisible();
  await look('done');
  await run(page, '[[length:300]] [[fault:stall after=20]]');
  await expect(answer(page, 1)).toContainText('Answering');
  await look('running');
  await page.getByRole('button', { name: 'Stop' }).click();
  await run(page, '[[fault:529 message=Everything_is_very_busy]]');
  await expect(answer(page, 1).getByRole('alert')).toBeVisible({ timeout: 30_000 });
  await look('failing');

  async function look(name: string): Promise<void> {
    for (const { colorScheme, viewport } of LOOKS) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize(viewport);
      await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      expect.soft(sideways, `${name} scrolls sideways at ${viewport.width}`).toBe(false);
      const path = info.outputPath(`${name}-${colorScheme}-${viewport.width}.png`);
      await page.screenshot({ path, fullPage: true });
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`,
      );
      expect.soft(found, `${name} ${colorScheme} ${viewport.width}`).toEqual([]);
    }
    await page.setViewportSize(LOOKS[0].viewport);
  }
});
