import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { newPerson, signUp, submitSignIn } from './support/account';
import { files, tables } from './support/at-rest';
import { createLog, type GatewayAnswer, gatewayCall, message, post } from './support/calls';
import { Canaries } from './support/canary';
import { type Echo, startEcho } from './support/echo';
import { connectAnthropic } from './support/integrations';
import { createApiKey } from './support/keys';
import { untilLogged } from './support/logs';
import { type Provider, startProvider } from './support/provider';
import { recordResponses } from './support/responses';
import { startServer, type TestServer } from './support/server';
import { chooseAction } from './support/tables';
import { expect, test } from './support/test';

/**
 * Secrets go in wherever one can: as keys of the organization, in every place of a request, mistyped, malformed, and while
 * everything fails. Afterwards none is in the database, on the console, in any file, or in any answer.
 */

let provider: Provider;
let echo: Echo;
let server: TestServer;
let context: BrowserContext;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  provider = await startProvider({ instant: true });
  echo = await startEcho(provider.url);
  server = await startServer({ env: { ANTHROPIC_BASE_URL: echo.url } });
  context = await browser.newContext({ baseURL: server.url });
});

test.afterAll(async () => {
  await context?.close();
  await server?.stop();
  await server?.remove();
  await echo?.stop();
  await provider?.stop();
});

test('a secret stays nowhere but where it was meant to go', async () => {
  test.setTimeout(150_000);
  const canaries = new Canaries();
  const recorded = recordResponses(context);
  const page = await context.newPage();
  const journal: string[] = [];
  const answers: GatewayAnswer[] = [];
  /** Makes a call, and looks into the journal before its lines have moved on. */
  const keep = async (call: Promise<GatewayAnswer>, status: number) => {
    const answer = await call;
    expect(answer.status, answer.text).toBe(status);
    answers.push(answer);
    for (const { bytes } of await files(join(server.dataDir, 'journal'))) journal.push(bytes.toString('latin1'));
    return answer;
  };

  await test.step('on the pages', () => usePages(page, canaries));
  // Shown once by design, in the answer to its making: watched at rest alone.
  const key = await createApiKey(page);
  await test.step('in requests', () => useRequests(key, canaries, keep));
  await test.step('in requests that fail', () => useFailures(key, canaries, keep));
  const echoed = await gatewayCall(server.url, key, message('echo please'));
  expect(echoed.status).toBe(401);
  await echo.stop();
  await test.step('while the provider is down', async () => {
    await keep(gatewayCall(server.url, key), 502);
    const own = { customer_credentials: { anthropic: { api_key: canaries.providerKey('provider down') } } };
    await keep(gatewayCall(server.url, key, message('Anyone there?', own)), 502);
  });

  const ids = [...answers, echoed].map(({ logId }) => logId).filter((id) => id !== null);
  await test.step('shown on the pages of the logs', () => lookAtLogs(page, ids));

  for (const text of await recorded.texts()) expect(canaries.foundIn(text), text.split('\n', 1)[0]).toEqual([]);
  for (const { text, headers } of answers)
    expect(canaries.foundIn(`${text}${JSON.stringify([...headers])}`), text).toEqual([]);
  expect(canaries.foundIn(server.output()), 'the console').toEqual([]);
  expect(journal.join('')).toContain('Whose key is this');
  expect(canaries.foundIn(journal.join('\n')), 'the journal').toEqual([]);

  const [, secret = ''] = key.split('.');
  const dump = await tables(server.dataDir);
  expect(dump.join('')).toContain('Whose key is this');
  for (const table of dump) {
    expect(canaries.foundIn(table), table.split('\n', 1)[0]).toEqual([]);
    expect(table).not.toContain(secret);
  }
  const found = await files(server.dataDir);
  expect(found.length).toBeGreaterThan(100);
  for (const { name, bytes } of found) {
    expect(canaries.foundIn(bytes), name).toEqual([]);
    expect(bytes.includes(secret), name).toBe(false);
  }
});

/** Passwords and provider keys typed in, good ones and bad ones. */
async function usePages(page: Page, canaries: Canaries): Promise<void> {
  const person = await signUp(page, { ...newPerson(), password: canaries.mark('password') });
  await page.context().clearCookies();
  await page.goto('/sign-in');
  await submitSignIn(page, { ...person, password: canaries.mark('wrong password') });
  await expect(page.getByRole('alert').filter({ hasText: /password/i })).toBeVisible();
  await submitSignIn(page, person);
  await expect(page).toHaveURL(/\/dashboard$/);

  await page.goto('/settings/integrations');
  await page.getByLabel('Anthropic', { exact: true }).getByRole('button', { name: 'Add key' }).click();
  const dialog = page.getByRole('dialog');
  for (const secret of [
    canaries.providerKey('refused integration', 'invalid'),
    `no-provider-key-${canaries.mark('integration of another kind')}`,
    `sk-ant-${canaries.mark('integration with blanks')} and more`,
  ]) {
    await dialog.getByLabel('Anthropic API key').fill(secret);
    await dialog.getByRole('button', { name: 'Verify and save' }).click();
    await expect(dialog.getByLabel('Anthropic API key')).toHaveAttribute('aria-invalid', 'true');
    await expect(dialog.getByRole('button', { name: 'Verify and save' })).toBeEnabled();
  }
  await connectAnthropic(page, canaries.providerKey('integration'));
  await chooseAction(page, 'Main', 'Replace');
  await page.getByLabel('New API key').fill(canaries.providerKey('replaced integration'));
  await page.getByRole('button', { name: 'Verify and replace' }).click();
  await expect(dialog).toBeHidden();

  // Whoever knows the address of a Slack channel can write there.
  await page.goto('/alerts');
  await page.getByRole('button', { name: 'Create alert' }).first().click();
  await dialog.getByLabel('Name').fill('Errors');
  await dialog.getByLabel('Slack').fill(`https://1.0.0.0/${canaries.mark('Slack address')}/services`);
  await dialog.getByRole('button', { name: 'Create alert' }).click();
  await expect(page.getByText('1.0.0.0 …ices')).toBeVisible();
  await chooseAction(page, 'Errors', 'Send test');
  await expect(page.getByText('The test did not reach everyone', { exact: true })).toBeVisible({ timeout: 20_000 });
}

type Keep = (call: Promise<GatewayAnswer>, status: number) => Promise<GatewayAnswer>;

/** In every place of a request that may hold a secret. */
async function useRequests(key: string, canaries: Canaries, keep: Keep): Promise<void> {
  const url = server.url;
  const ask = (more: Record<string, unknown>) => message('Whose key is this?', more);
  const own = (place: string, word?: string) => ({ anthropic: { api_key: canaries.providerKey(place, word) } });
  const override = (place: string) => ({ 'claude-sonnet-5-5': { api_key: canaries.providerKey(place) } });
  await keep(gatewayCall(url, key, ask({})), 200);
  await keep(gatewayCall(url, key, ask({ customer_credentials: own('customer') })), 200);
  await keep(gatewayCall(url, key, ask({ customer_credentials: own('streamed'), stream: true })), 200);
  const weighted = [{ credentials: own('customer list'), weight: 1 }];
  await keep(gatewayCall(url, key, ask({ customer_credentials: weighted })), 200);
  await keep(gatewayCall(url, key, ask({ credential_override: override('override') })), 200);
  await keep(gatewayCall(url, key, ask({ respan_params: { customer_credentials: own('container') } })), 200);
  await keep(
    gatewayCall(url, key, ask({ metadata: { respan_params: { credential_override: override('meta') } } })),
    200,
  );
  const header = JSON.stringify({ customer_credentials: own('header') });
  await keep(gatewayCall(url, key, ask({}), { 'x-data-respan-params': header }), 200);
  const encoded = Buffer.from(JSON.stringify({ customer_credentials: own('base64 header') })).toString('base64');
  await keep(gatewayCall(url, key, ask({}), { 'x-data-respan-params': encoded }), 200);
  await keep(gatewayCall(url, key, ask({}), { authorization: `Bearer ${canaries.providerKey('beside ours')}` }), 200);
  await keep(gatewayCall(url, key, ask({}), { cookie: `session=${canaries.mark('cookie')}` }), 200);
  await keep(
    gatewayCall(url, key, ask({ customer_api_keys: { 'claude-sonnet-5-5': canaries.providerKey('old style') } })),
    200,
  );
  const chat = { ...ask({}), customer_credentials: own('chat'), credential_override: { 'gpt-5': own('x').anthropic } };
  await keep(post(`${url}/api/chat/completions`, chat, { authorization: `Bearer ${key}` }), 200);
  const { max_tokens: _, ...counted } = ask({ customer_credentials: own('count') });
  const version = { 'anthropic-version': '2023-06-01', 'x-api-key': key };
  await keep(post(`${url}/api/anthropic/v1/messages/count_tokens`, counted, version), 200);
  await keep(
    createLog(url, key, {
      model: 'claude-sonnet-5-5',
      prompt_messages: [{ role: 'user', content: 'Logged elsewhere' }],
      completion_message: { role: 'assistant', content: 'Yes' },
      customer_credentials: own('log'),
      credential_override: override('log override'),
      respan_params: { customer_credentials: own('log container') },
      full_request: { model: 'claude-sonnet-5-5', customer_credentials: own('full request') },
    }),
    200,
  );
}

/** Where something is wrong: the key, the request, or the provider. */
async function useFailures(key: string, canaries: Canaries, keep: Keep): Promise<void> {
  const url = server.url;
  const own = (place: string, word?: string) => ({ anthropic: { api_key: canaries.providerKey(place, word) } });
  await keep(gatewayCall(url, `wrongkey.${canaries.mark('wrong key of ours')}`), 401);
  await keep(gatewayCall(url, '', undefined, { authorization: `Bearer ${canaries.mark('wrong bearer')}` }), 401);
  await keep(createLog(url, canaries.mark('wrong key for a log'), { model: 'x' }), 401);
  await keep(gatewayCall(url, `${key.slice(0, 9)}${canaries.mark('right prefix')}`), 401);

  const ask = (text: string, more: Record<string, unknown> = {}) => message(text, more);
  await keep(gatewayCall(url, key, ask('Hm', { customer_credentials: own('refused customer', 'invalid') })), 401);
  await keep(gatewayCall(url, key, ask('Hm', { customer_credentials: canaries.mark('no object') })), 400);
  await keep(gatewayCall(url, key, ask('Hm', { credential_override: { x: canaries.mark('no fields') } })), 400);
  const elsewhere = { x: { api_key: canaries.providerKey('other address'), api_base: 'https://evil.test' } };
  await keep(gatewayCall(url, key, ask('Hm', { credential_override: elsewhere })), 400);
  await keep(
    gatewayCall(url, key, ask('Hm'), { 'x-data-respan-params': `{"x": ${canaries.mark('no JSON header')}` }),
    400,
  );
  const broken = JSON.stringify(ask('Hm', { customer_credentials: own('broken JSON') })).slice(0, -2);
  await keep(gatewayCall(url, key, broken), 400);
  const twice = `{"model": {}, "customer_credentials": ${JSON.stringify(own('no model'))}}`;
  await keep(gatewayCall(url, key, twice), 400);
  await keep(createLog(url, key, { model: 'x', cost: 'much', customer_credentials: own('refused log') }), 422);
  for (const [fault, status] of [
    ['500', 500],
    ['529', 529],
    ['drop', 502],
    ['malformed', 200],
  ] as const) {
    const credentials = { customer_credentials: own(`fault ${fault}`), stream: true };
    await keep(gatewayCall(url, key, ask(`Hm [[fault:${fault}]]`, credentials)), status);
  }
}

/** Every page and file that shows these logs. */
async function lookAtLogs(page: Page, ids: readonly string[]): Promise<void> {
  const last = ids.at(-1) ?? null;
  await untilLogged(page, last);
  await page.goto('/logs');
  await expect(page.getByRole('table').getByRole('link').first()).toBeVisible();
  await page.goto(`/logs/${ids[1]}?tab=raw`);
  await expect(page.getByRole('region', { name: 'Request' })).toContainText('Whose key is this');
  await page.goto(`/logs/${ids[1]}?tab=attempts`);
  for (const id of ids) {
    // Fetched by the page itself, so that the answers are recorded.
    await page.evaluate(async (logId) => {
      for (const path of [
        `/logs/${logId}`,
        ...['request', 'response'].map((part) => `/api/dashboard/logs/${logId}/payload?part=${part}`),
      ])
        await (await fetch(path)).text();
    }, id);
  }
}
