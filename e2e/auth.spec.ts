import { newPerson, signOut, signUp, submitSignIn } from './support/account';
import { startServer } from './support/server';
import { expect, test } from './support/test';

test('an account leads to the welcome page, out and in again', async ({ page }) => {
  const person = await signUp(page);
  await expect(page.getByRole('heading', { name: 'Welcome to Respan' })).toBeVisible();
  await page.goto('/dashboard');
  await expect(page.getByText('Ada’s team')).toBeVisible();
  await signOut(page);
  await submitSignIn(page, person);
  await expect(page).toHaveURL(/\/dashboard$/);
});

test('a session ends with signing out', async ({ page, context }) => {
  await signUp(page);
  await page.goto('/dashboard');
  await signOut(page);
  await page.goto('/dashboard');
  await expect(page).toHaveURL(/\/sign-in$/);
  const answer = await context.request.get('/api/dashboard/overview');
  expect(answer.status()).toBe(401);
});

test('a wrong password and an unknown address are one answer, and what was typed stays', async ({ page }) => {
  const person = await signUp(page);
  await page.context().clearCookies();
  await page.goto('/sign-in');
  const refusal = page.getByRole('alert').filter({ hasText: /password/i });

  await submitSignIn(page, { email: person.email, password: 'not the password' });
  await expect(refusal).toBeVisible();
  const words = await refusal.innerText();
  await expect(page.getByLabel('Email')).toHaveValue(person.email);
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('not the password');

  const unknown = newPerson();
  await submitSignIn(page, unknown);
  await expect(page.getByLabel('Email')).toHaveValue(unknown.email);
  await expect(refusal).toHaveText(words);
  await expect(page).toHaveURL(/\/sign-in/);
});

test('a taken address is refused and says what to do', async ({ page }) => {
  const person = await signUp(page);
  await page.context().clearCookies();
  await page.goto('/sign-up');
  await page.getByLabel('Name').fill('Grace');
  await page.getByLabel('Email').fill(person.email.toUpperCase());
  await page.getByLabel('Password', { exact: true }).fill('another good one');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByText('This address already has an account. Sign in, or use another address.')).toBeVisible();
  await expect(page.getByLabel('Email')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Name')).toHaveValue('Grace');
  await expect(page.getByLabel('Email')).toHaveValue(person.email.toUpperCase());
});

for (const [weakness, password, words] of [
  ['short', 'short', 'Use at least 10 characters.'],
  ['guessed', 'Password1234', 'This password is among the most guessed ones. Choose another one.'],
  ['one letter', 'aaaaaaaaaaaa', 'This password is among the most guessed ones. Choose another one.'],
] as const) {
  test(`a weak password (${weakness}) is refused, and the rest stays`, async ({ page }) => {
    const { email } = newPerson();
    await page.goto('/sign-up');
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page.getByText(words)).toBeVisible();
    await expect(page.getByLabel('Email')).toHaveValue(email);
    await expect(page.getByLabel('Password', { exact: true })).toBeFocused();
    await expect(page).toHaveURL(/\/sign-up$/);
  });
}

test('signed out, one is sent to sign in and then to where one wanted', async ({ page }) => {
  const person = await signUp(page);
  await page.context().clearCookies();
  await page.goto('/dashboard?range=7d&environment=test');
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await submitSignIn(page, person);
  await expect(page).toHaveURL(/\/dashboard\?range=7d&environment=test$/);
});

test('the way back never leads to another site', async ({ page, baseURL }) => {
  const person = await signUp(page);
  await page.context().clearCookies();
  await page.goto(`/sign-in?next=${encodeURIComponent('//evil.test/dashboard')}`);
  await submitSignIn(page, person);
  await expect(page).toHaveURL(`${baseURL}/dashboard`);
});

test('an account can be made and used without JavaScript', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
  const page = await context.newPage();
  const person = newPerson();
  await page.goto('/sign-up');
  await page.getByLabel('Email').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page).toHaveURL(/\/welcome$/);
  await context.close();
});

test('the first account is told that it will own the installation', async ({ browser }) => {
  const server = await startServer();
  const context = await browser.newContext({ baseURL: server.url });
  try {
    const page = await context.newPage();
    await page.goto('/');
    await expect(page).toHaveURL(/\/sign-up$/);
    await expect(page.getByText(/will own (it|the installation)\./)).toBeVisible();
    await signUp(page);
    await page.context().clearCookies();
    await page.goto('/sign-up');
    await expect(page.getByText(/will own/)).toBeHidden();
    await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible();
  } finally {
    await context.close();
    await server.stop();
    await server.remove();
  }
});
