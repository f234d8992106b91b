import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { brandContext } from '@/lib/auth/context';
import { verifyPassword } from '@/lib/auth/password';
import { db } from '@/lib/db/client';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { AppError } from '@/lib/errors';
import { ensureInitialAccount } from './initial-account';
import { completeOnboarding, createAccount } from './mutations';
import { getWorkspace, isFreshInstallation } from './queries';

const PASSWORD = 'correct horse battery';
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('nobody has an account at first', async () => {
  expect(await isFreshInstallation()).toBe(true);
});

describe('createAccount', () => {
  test('makes a user and the organization they own', async () => {
    const account = await createAccount({ email: ' Ada.Lovelace@Example.com ', password: PASSWORD });
    expect(account).toMatchObject({ email: 'ada.lovelace@example.com', name: 'Ada Lovelace' });
    const ctx = brandContext({ ...account, role: 'owner' });
    expect(await getWorkspace(ctx)).toEqual({
      organization: { id: account.organizationId, name: 'Ada’s team', onboarded: false },
      user: { id: account.userId, name: 'Ada Lovelace', email: 'ada.lovelace@example.com' },
    });
    const membership = await db().membership.findFirstOrThrow({ where: { userId: account.userId } });
    expect(membership.role).toBe('owner');
    expect(await isFreshInstallation()).toBe(false);
  });

  test('a taken address is a conflict on the email field and leaves nothing behind', async () => {
    const organizations = await db().organization.count();
    const error = await refusal({ email: 'ADA.lovelace@example.com', password: PASSWORD });
    expect(error.code).toBe('conflict');
    expect(error.fields.email).toMatch(/Sign in, or use another address/);
    expect(await db().organization.count()).toBe(organizations);
  });

  test('of two at the same moment one is refused', async () => {
    const both = await Promise.allSettled(
      [1, 2].map(() => createAccount({ email: 'twin@example.com', password: PASSWORD })),
    );
    expect(both.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await db().user.count({ where: { email: 'twin@example.com' } })).toBe(1);
  });

  test.each([
    ['too short', 'Use at least 10 characters.'],
    ['password123', /most guessed/],
    ['QWERTYuiop', /most guessed/],
    ['aaaaaaaaaaaa', /most guessed/],
    ['someone@example.com', /not your email/],
    ['Someone@Example.com', /not your email/],
  ])('refuses the password %j', async (password, message) => {
    expect((await refusal({ email: 'someone@example.com', password })).fields.password).toMatch(message);
  });

  test('says what is wrong with each field at once', async () => {
    expect(Object.keys((await refusal({ email: 'nonsense', password: 'x' })).fields).sort()).toEqual([
      'email',
      'password',
    ]);
  });
});

describe('ensureInitialAccount', () => {
  const wanted = { email: 'Init@Example.com', password: PASSWORD, organizationName: 'Acme' };

  test('makes the account once, also when several processes start together', async () => {
    const made = await Promise.all([ensureInitialAccount(wanted), ensureInitialAccount(wanted)]);
    expect(made[1]).toMatchObject({ organizationId: made[0].organizationId, userId: made[0].userId });
    expect(await db().organization.count({ where: { name: 'Acme' } })).toBe(1);
  });

  test('never changes the password of an account that is there', async () => {
    await ensureInitialAccount({ ...wanted, password: 'another long password' });
    const { passwordHash } = await db().user.findUniqueOrThrow({
      where: { email: 'init@example.com' },
      select: { passwordHash: true },
    });
    expect(await verifyPassword(PASSWORD, passwordHash)).toBe(true);
  });

  test('adds only the organization when that is what is absent', async () => {
    const first = await ensureInitialAccount(wanted);
    const second = await ensureInitialAccount({ ...wanted, organizationName: 'Beta' });
    expect(second.userId).toBe(first.userId);
    expect(second.organizationId).not.toBe(first.organizationId);
  });

  test('refuses what sign-up would refuse', async () => {
    await expect(ensureInitialAccount({ email: 'weak@example.com', password: 'short' })).rejects.toThrow(AppError);
    await expect(ensureInitialAccount({ email: 'not an address', password: PASSWORD })).rejects.toThrow(AppError);
  });
});

describe('the context', () => {
  test('finishing the onboarding counts once and only for its own organization', async () => {
    const one = await createAccount({ email: 'one@example.com', password: PASSWORD });
    const two = await createAccount({ email: 'two@example.com', password: PASSWORD });
    const ctx = brandContext({ ...one, role: 'owner' });
    await completeOnboarding(ctx);
    const { onboardedAt } = await db().organization.findUniqueOrThrow({ where: { id: one.organizationId } });
    await completeOnboarding(ctx);
    expect((await db().organization.findUniqueOrThrow({ where: { id: one.organizationId } })).onboardedAt).toEqual(
      onboardedAt,
    );
    expect((await getWorkspace(brandContext({ ...two, role: 'owner' }))).organization.onboarded).toBe(false);
  });

  test('a user does not see an organization they are not a member of', async () => {
    const one = await db().user.findUniqueOrThrow({ where: { email: 'one@example.com' } });
    const other = await db().membership.findFirstOrThrow({ where: { user: { email: 'two@example.com' } } });
    const forged = brandContext({ organizationId: other.organizationId, userId: one.id, role: 'owner' });
    await expect(getWorkspace(forged)).rejects.toMatchObject({ code: 'not_found' });
  });
});

async function refusal(input: { email: string; password: string }): Promise<AppError> {
  const error = await createAccount(input).catch((thrown: unknown) => thrown);
  if (error instanceof AppError) return error;
  throw new Error('It was not refused.');
}
