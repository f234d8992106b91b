import { gatewayCall, message } from './support/calls';
import { newOrganization } from './support/organization';
import { chooseAction } from './support/tables';
import { expect, test } from './support/test';

test('a group is created, answers requests that name it, changes and goes', async ({ page, baseURL }) => {
  const key = await newOrganization(page);
  await page.goto('/platform/api/load-balance');
  await expect(page).toHaveURL(/\/settings\/load-balancing$/);
  await expect(page.getByText('Load balance groups will be listed here')).toBeVisible();

  await page.getByRole('button', { name: 'Create group' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Main traffic');
  await dialog.getByLabel('Model 1', { exact: true }).fill('claude-opus-5-5');
  await dialog.getByLabel('Weight 1', { exact: true }).fill('3');
  await expect(dialog.getByText('75 %')).toBeVisible();
  await dialog.getByLabel('Model 2', { exact: true }).fill('claude-opus-5-5');
  await dialog.getByLabel('Weight 2', { exact: true }).fill('0');
  await dialog.getByRole('button', { name: 'Create group' }).click();
  await expect(dialog.getByText('This model is in the group already.')).toBeVisible();
  await expect(dialog.getByText('A weight is a whole number from 1 to 1000.')).toBeVisible();
  await dialog.getByLabel('Model 2', { exact: true }).fill('nobodys-model');
  await dialog.getByLabel('Weight 2', { exact: true }).fill('1');
  await dialog.getByRole('button', { name: 'Create group' }).click();
  await expect(dialog.getByText('No provider here serves this model.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Remove model 2' }).click();
  await dialog.getByRole('button', { name: 'Create group' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('cell', { name: 'main-traffic' })).toBeVisible();

  const body = message('Say hello.', { load_balance_group: { group_id: 'main-traffic' } });
  const answeredBy = async () => {
    const answer = await gatewayCall(baseURL, key, body);
    return answer.status === 200 ? JSON.parse(answer.text).model : answer.text;
  };
  await expect.poll(answeredBy).toBe('claude-opus-5-5');

  await page.getByRole('button', { name: 'Actions for Main traffic' }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await dialog.getByLabel('Name').fill('Renamed');
  await dialog.getByLabel('Model 1', { exact: true }).fill('claude-haiku-4-5');
  await dialog.getByRole('button', { name: 'Save group' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('cell', { name: 'main-traffic' })).toBeVisible();
  await expect.poll(answeredBy).toMatch(/^claude-haiku-4-5/);

  await chooseAction(page, 'Renamed', 'Remove');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove group' }).click();
  await expect(page.getByText('Load balance groups will be listed here')).toBeVisible();
  await expect.poll(answeredBy).toBe('claude-sonnet-5-5');
});
