import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Locator, Page } from '@playwright/test';
import { signUp } from './support/account';
import { anthropicKey } from './support/integrations';
import { expect, test } from './support/test';

const run = promisify(execFile);

test('from sign-up to the first log with the simulator, in less than a minute', async ({ page }) => {
  const startedMs = Date.now();
  await signUp(page);
  await createKey(page);
  await step(page, 'Connect a provider').getByRole('button', { name: 'Use the simulator' }).click();
  await step(page, 'Send your first request').getByRole('button', { name: 'Send request' }).click();

  const live = page.getByLabel('Live', { exact: true });
  await expect(live.getByRole('heading', { name: 'Answered' })).toBeVisible();
  await expect(live.getByText('Simulated', { exact: true })).toBeVisible();
  await expect(figure(live, 'First token')).toHaveText(/^[\d.]+ m?s$/);
  await expect(figure(live, 'Latency')).toHaveText(/^[\d.]+ m?s$/);
  await expect(figure(live, 'Tokens, in and out')).toHaveText(/^\d+ → \d+$/);
  await expect(figure(live, 'Cost')).toHaveText(/^\$0\.0\d+$/);
  const cost = await figure(live, 'Cost').innerText();
  const answer = await live.locator('p.whitespace-pre-wrap').innerText();
  expect(answer.length).toBeGreaterThan(3);

  await live.getByRole('link', { name: 'Open its log' }).click();
  await expect(page).toHaveURL(/\/logs\/[0-9a-f-]{36}$/);
  const main = page.getByRole('main');
  await expect(main.getByText(answer).first()).toBeVisible();
  await expect(main.getByText(cost).first()).toBeVisible();
  await expect(main.getByText('Simulated', { exact: true }).first()).toBeVisible();
  expect(Date.now() - startedMs).toBeLessThan(60_000);
});

test('the answer is streamed onto the page', async ({ page }) => {
  await signUp(page);
  await createKey(page);
  await step(page, 'Connect a provider').getByRole('button', { name: 'Use the simulator' }).click();
  const words = Array.from({ length: 80 }, (_, index) => `word${index}`).join(' ');
  // The provider pauses in the middle of its answer, long enough for the page to show the half that has come.
  await page.route('**/api/anthropic/v1/messages', async (route) => {
    const request = route.request().postDataJSON();
    expect(request.stream).toBe(true);
    request.messages[0].content = `[[reply:${words}]] [[fault:stall after=3 ms=3000]]`;
    await route.continue({ postData: JSON.stringify(request) });
  });
  await step(page, 'Send your first request').getByRole('button', { name: 'Send request' }).click();
  const live = page.getByLabel('Live', { exact: true });
  await expect(live.getByRole('heading', { name: 'Answering' })).toBeVisible();
  await expect(live.getByText(/^word0 .*(?<!word79)$/)).toBeVisible();
  await expect(live.getByText(words)).toBeVisible();
  await expect(live.getByRole('heading', { name: 'Answered' })).toBeVisible();
});

test('a refused Anthropic key says so, a good one connects and answers', async ({ page }) => {
  await signUp(page);
  await createKey(page);
  const provider = step(page, 'Connect a provider');
  const field = provider.getByLabel('Anthropic API key');
  const connect = provider.getByRole('button', { name: 'Verify and connect' });

  await connect.click();
  await expect(provider.getByText(/^Paste an Anthropic API key\./)).toBeVisible();
  await field.fill('hello');
  await connect.click();
  await expect(provider.getByText(/^An Anthropic key begins with sk-ant-\./)).toBeVisible();
  const refused = anthropicKey('invalid-0123456789abcdef');
  await field.fill(refused);
  await connect.click();
  await expect(
    provider.getByText(/^Anthropic refused this key \(401.*Check that you copied all of it\.$/),
  ).toBeVisible();
  await expect(field).toHaveValue(refused);
  await expect(field).toHaveAttribute('aria-invalid', 'true');

  const good = anthropicKey();
  await field.fill(good);
  await connect.click();
  await expect(provider.getByText(`Anthropic, …${good.slice(-4)}`)).toBeVisible();
  await step(page, 'Send your first request').getByRole('button', { name: 'Send request' }).click();
  const live = page.getByLabel('Live', { exact: true });
  await expect(live.getByRole('heading', { name: 'Answered' })).toBeVisible();
  await expect(figure(live, 'Cost')).toHaveText(/^\$0\.0\d+$/);
  await expect(live.getByText('Simulated', { exact: true })).toBeHidden();
});

test('the curl snippet works as it is shown, and the page notices its request', async ({ page }) => {
  await signUp(page);
  const key = await createKey(page);
  await step(page, 'Connect a provider').getByRole('button', { name: 'Use the simulator' }).click();
  const live = page.getByLabel('Live', { exact: true });
  await expect(live.getByText('Waiting for your first request')).toBeVisible();

  await live.getByRole('tab', { name: 'curl' }).click();
  const snippet = await live.getByRole('tabpanel', { name: 'curl' }).locator('code').innerText();
  expect(snippet).toContain(key);
  const { stdout } = await run('sh', ['-c', snippet]);
  const answer = JSON.parse(stdout);
  expect(answer).toMatchObject({ type: 'message', role: 'assistant', model: 'claude-sonnet-5-5' });

  await expect(live.getByRole('heading', { name: 'A request arrived' })).toBeVisible();
  const [firstLine] = answer.content[0].text.split('\n');
  await expect(live.getByText(firstLine)).toBeVisible();
  await expect(step(page, 'Send your first request').getByText('It arrived and is logged')).toBeVisible();
  await live.getByRole('link', { name: 'Open its log' }).click();
  await expect(page.getByRole('main').getByText(firstLine).first()).toBeVisible();
});

test('every way to call is shown filled in with the key and this address', async ({ page, baseURL }) => {
  await signUp(page);
  const key = await createKey(page);
  const live = page.getByLabel('Live', { exact: true });
  for (const name of ['curl', 'OpenAI SDK', 'Anthropic SDK', 'Vercel AI SDK', 'Claude Code']) {
    await live.getByRole('tab', { name }).click();
    const code = live.getByRole('tabpanel', { name }).locator('code');
    await expect(code).toContainText(key);
    await expect(code).toContainText(`${baseURL}/api`);
  }
});

test('a reload goes on where one was, and the key is not shown again', async ({ page }) => {
  await signUp(page);
  const key = await createKey(page);
  await page.reload();
  await expect(page.getByText(key)).toBeHidden();
  await expect(step(page, 'Create an API key').getByText(`First key, ${key.slice(0, 8)}…`)).toBeVisible();
  await step(page, 'Connect a provider').getByRole('button', { name: 'Use the simulator' }).click();
  await expect(step(page, 'Connect a provider').getByText('Simulator: answers are simulated')).toBeVisible();

  await page.reload();
  await expect(step(page, 'Connect a provider').getByText('Simulator: answers are simulated')).toBeVisible();
  const request = step(page, 'Send your first request');
  await expect(request.getByText('Your key was shown once and is not kept here.')).toBeVisible();
  await request.getByRole('button', { name: 'Create another key' }).click();
  await createKey(page, 'Second key');
  await request.getByRole('button', { name: 'Send request' }).click();
  await expect(page.getByRole('link', { name: 'Open its log' })).toBeVisible();

  await page.reload();
  await expect(page.getByRole('heading', { name: 'A request arrived' })).toBeVisible();
});

test('a failed first request is shown with its reason, and can be sent again', async ({ page }) => {
  await signUp(page);
  await createKey(page);
  await step(page, 'Connect a provider').getByRole('button', { name: 'Use the simulator' }).click();
  await page.route(
    '**/api/anthropic/v1/messages',
    async (route) => {
      const request = route.request().postDataJSON();
      request.messages[0].content = '[[fault:529]]';
      await route.continue({ postData: JSON.stringify(request) });
    },
    { times: 1 },
  );
  const request = step(page, 'Send your first request');
  await request.getByRole('button', { name: 'Send request' }).click();
  const live = page.getByLabel('Live', { exact: true });
  await expect(live.getByText(/529: Overloaded/)).toBeVisible();
  await expect(live.getByRole('link', { name: 'Open its log' })).toBeVisible();
  await request.getByRole('button', { name: 'Send again' }).click();
  await expect(live.getByRole('heading', { name: 'Answered' })).toBeVisible();
});

test('the wizard can be skipped, and does not come back', async ({ page }) => {
  await signUp(page);
  await page.goto('/dashboard');
  await expect(page.getByRole('link', { name: 'Welcome' })).toBeVisible();
  await page.goto('/');
  await expect(page).toHaveURL(/\/welcome$/);
  await page.getByRole('button', { name: 'Skip for now' }).click();
  await expect(page).toHaveURL(/\/dashboard$/);
  await expect(page.getByRole('link', { name: 'Logs' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Welcome' })).toBeHidden();
  await page.goto('/');
  await expect(page).toHaveURL(/\/dashboard$/);
});

function step(page: Page, title: string): Locator {
  return page.getByLabel(title, { exact: true });
}

/** One of the live figures under the answer. */
function figure(live: Locator, label: string): Locator {
  return live.locator('dl > div').filter({ hasText: label }).locator('dd');
}

/** Makes the key of the first step. @returns the whole key */
async function createKey(page: Page, name = 'First key'): Promise<string> {
  const card = step(page, 'Create an API key');
  await expect(card.getByLabel('Name')).toHaveValue(name);
  await card.getByRole('button', { name: 'Create key' }).click();
  return card.getByTestId('new-api-key').innerText();
}
