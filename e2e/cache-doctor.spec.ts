import { gatewayCall, message } from './support/calls';
import { newOrganization } from './support/organization';
import { expect, test } from './support/test';

const cached = (text: string) => [{ type: 'text', text, cache_control: { type: 'ephemeral' } }];
const RULES = 'Answer in one sentence, and name the file and the line. '.repeat(200);

test('a thread whose system prompt changed is found, with what changed and what it cost', async ({ page, baseURL }) => {
  const key = await newOrganization(page);
  await page.goto('/logs');
  await page.getByRole('link', { name: 'Cache doctor' }).click();
  await expect(page.getByText('Nothing to examine yet')).toBeVisible();

  const thread = { respan_params: { thread_identifier: 'ticket-4711' } };
  for (const system of [cached(`Monday. ${RULES}`), cached(`Monday. ${RULES}`), cached(`Tuesday. ${RULES}`)]) {
    const answer = await gatewayCall(baseURL, key, message('Say hello.', { system, ...thread }));
    expect(answer.status).toBe(200);
  }

  await expect(async () => {
    await page.goto('/cache');
    await expect(
      page.getByRole('row', { name: /ticket-4711/ }).getByRole('cell', { name: '3', exact: true }),
    ).toBeVisible();
  }).toPass();
  await page.getByRole('link', { name: 'ticket-4711' }).click();
  await expect(page.getByRole('heading', { name: 'ticket-4711' })).toBeVisible();
  const calls = page.getByRole('listitem').filter({ has: page.getByRole('term').filter({ hasText: 'Not cached' }) });
  await expect(calls).toHaveCount(3);
  await expect(calls.nth(2)).toContainText('First call');
  await expect(calls.nth(1)).toContainText('Read');
  await expect(calls.nth(0)).toContainText('Content changed');
  await expect(calls.nth(0)).toContainText('system.0');
  await expect(calls.nth(0)).toContainText('Monday. Answer in one sentence');
  await expect(calls.nth(0)).toContainText('Tuesday. Answer in one sentence');
  await expect(calls.nth(0)).toContainText('Cost of it');
  await calls.nth(0).getByRole('link', { name: 'Say hello.' }).click();
  await expect(page).toHaveURL(/\/logs\/[0-9a-f-]{36}/);
});

test('another organization sees nothing of it', async ({ page, baseURL, browser }) => {
  const key = await newOrganization(page);
  const body = message('Say hello.', { system: cached(RULES), respan_params: { thread_identifier: 'private' } });
  for (let n = 0; n < 2; n++) expect((await gatewayCall(baseURL, key, body)).status).toBe(200);
  const stranger = await browser.newPage({ baseURL });
  await newOrganization(stranger);
  await stranger.goto('/cache?thread=private');
  await expect(stranger.getByText('No calls to examine')).toBeVisible();
  await stranger.close();
});
