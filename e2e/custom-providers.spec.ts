import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import OpenAI from 'openai';
import { signUp } from './support/account';
import { createApiKey } from './support/keys';
import { startServer } from './support/server';
import { test as base, expect } from './support/test';

/** OpenAI, and servers that speak as it does: connected in the browser, called with its SDK. */

const ANSWER = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello from afar' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 10, completion_tokens: 4, total_tokens: 14 },
};

interface Installation {
  readonly url: string;
  /** Where the provider is, without a path. */
  readonly upstreamUrl: string;
  /** Method, path and credential of what reached the provider. */
  readonly seen: string[];
}

/** A server that may call its own network, and a provider in it. */
const test = base.extend<Record<never, never>, { installation: Installation }>({
  installation: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from its first parameter's pattern.
    async ({}, use) => {
      const seen: string[] = [];
      const upstream = createServer((request, response) => answer(request, response, seen));
      await new Promise<void>((done) => upstream.listen(0, '127.0.0.1', done));
      const upstreamUrl = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
      const env = { ALLOW_PRIVATE_UPSTREAMS: '1', OPENAI_BASE_URL: `${upstreamUrl}/openai/v1` };
      const server = await startServer({ env });
      await use({ url: server.url, upstreamUrl, seen });
      await server.stop();
      await server.remove();
      upstream.closeAllConnections();
      upstream.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: ({ installation }, use) => use(installation.url),
});

/** A key with "revoked" in it is refused. */
function answer(request: IncomingMessage, response: ServerResponse, seen: string[]): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    seen.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    const refused = request.headers.authorization?.includes('revoked');
    response.writeHead(refused ? 401 : 200, { 'content-type': 'application/json' });
    const body = Buffer.concat(chunks).toString();
    response.end(JSON.stringify(body ? { ...ANSWER, model: JSON.parse(body).model } : { data: [] }));
  });
}

const card = (page: Page, name: string) => page.getByLabel(name, { exact: true });
const sdk = (url: string, apiKey: string) => new OpenAI({ baseURL: `${url}/api`, apiKey, maxRetries: 0 });
const ask = (model: string) => ({ model, messages: [{ role: 'user' as const, content: 'Hi' }] });

test('an OpenAI key is verified and then used', async ({ page, installation: { url, seen } }) => {
  await signUp(page);
  const key = await createApiKey(page);
  await page.goto('/settings/integrations');
  await card(page, 'OpenAI').getByRole('button', { name: 'Add key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('OpenAI API key').fill('sk-proj-revoked-0123456789');
  await dialog.getByRole('button', { name: 'Verify and save' }).click();
  await expect(dialog.getByText('OpenAI refused this key (401).')).toBeVisible();
  await dialog.getByLabel('OpenAI API key').fill('sk-proj-accepted-0123456789');
  await dialog.getByRole('button', { name: 'Verify and save' }).click();
  await expect(card(page, 'OpenAI').getByText('Connected', { exact: true })).toBeVisible();
  await expect
    .poll(async () => (await sdk(url, key).chat.completions.create(ask('gpt-5.1'))).choices[0]?.message.content)
    .toBe('Hello from afar');
  expect(seen).toContain('POST /openai/v1/chat/completions Bearer sk-proj-accepted-0123456789');
  await page.goto('/logs');
  await expect(page.getByText('Hello from afar').first()).toBeVisible();
});

test('a custom provider is added, called by prefix and by model, moved and removed', async ({
  page,
  installation: { url, upstreamUrl, seen },
}) => {
  await signUp(page);
  const key = await createApiKey(page);
  await page.goto('/settings/integrations');
  await page.getByRole('button', { name: 'Add custom provider' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('OpenAI');
  await dialog.getByLabel('Base URL').fill(`${upstreamUrl}/llama/v1/chat/completions`);
  await dialog.getByLabel('API key').fill('first-word');
  await dialog.getByLabel('Models').fill('llama-4\nllama-4-mini');
  await dialog.getByRole('button', { name: 'Verify and add' }).click();
  await expect(dialog.getByText('The id openai is taken. Give the provider another name.')).toBeVisible();
  await dialog.getByLabel('Name').fill('Lab llama');
  await dialog.getByRole('button', { name: 'Verify and add' }).click();
  await expect(dialog).toBeHidden();
  const own = card(page, 'Lab llama');
  await expect(own.getByText(`${upstreamUrl}/llama/v1`)).toBeVisible();
  await expect(own.getByText('Connected', { exact: true })).toBeVisible();

  const client = sdk(url, key);
  for (const model of ['llama-4', 'lab-llama/anything'])
    await expect.poll(async () => (await client.chat.completions.create(ask(model))).id).toBe('chatcmpl-1');
  expect(seen).toContain('POST /llama/v1/chat/completions Bearer first-word');

  await own.getByRole('button', { name: 'Actions for the provider Lab llama' }).click();
  await page.getByRole('menuitem', { name: 'Edit provider' }).click();
  await dialog.getByLabel('Base URL').fill(`${upstreamUrl}/moved/v1`);
  await dialog.getByRole('button', { name: 'Verify and save' }).click();
  await expect(dialog.getByText('paste the key again')).toBeVisible();
  await dialog.getByLabel('API key').fill('second-word');
  await dialog.getByRole('button', { name: 'Verify and save' }).click();
  await expect(dialog).toBeHidden();
  await expect(async () => {
    await client.chat.completions.create(ask('llama-4'));
    expect(seen).toContain('POST /moved/v1/chat/completions Bearer second-word');
  }).toPass();
  expect(seen.filter((line) => line.includes('/moved') && line.includes('first-word'))).toEqual([]);

  await own.getByRole('button', { name: 'Actions for the provider Lab llama' }).click();
  await page.getByRole('menuitem', { name: 'Remove provider' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove provider' }).click();
  await expect(own).toBeHidden();
  await expect
    .poll(() => client.chat.completions.create(ask('llama-4')).catch((error: unknown) => error))
    .toBeInstanceOf(OpenAI.NotFoundError);
});

base('elsewhere a private address is refused with the way out', async ({ page }) => {
  await signUp(page);
  await page.goto('/settings/integrations');
  await page.getByRole('button', { name: 'Add custom provider' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Inside');
  await dialog.getByLabel('Base URL').fill('http://127.0.0.1:11434/v1');
  await dialog.getByLabel('API key').fill('word');
  await dialog.getByRole('button', { name: 'Verify and add' }).click();
  await expect(dialog.getByText('leads to a private address')).toContainText('ALLOW_PRIVATE_UPSTREAMS=1');
});
