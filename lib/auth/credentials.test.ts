import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { AppError } from '@/lib/errors';
import { createAccount } from '@/lib/organizations/mutations';
import { checkCredentials } from './credentials';

const PASSWORD = 'correct horse battery';
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await createAccount({ email: 'ada@example.com', password: PASSWORD, name: 'Ada' });
});
afterAll(() => database.drop());

describe('checkCredentials', () => {
  test('finds the user however the address is typed, and hands out no hash', async () => {
    const user = await checkCredentials({ email: ' ADA@example.com ', password: PASSWORD }, '10.0.0.1');
    expect(Object.keys(user).sort()).toEqual(['email', 'id', 'name']);
    expect(user).toMatchObject({ email: 'ada@example.com', name: 'Ada' });
  });

  test('a wrong password and an unknown address are the same answer', async () => {
    const wrong = await refusal({ email: 'ada@example.com', password: 'wrong password' });
    const unknown = await refusal({ email: 'nobody@example.com', password: PASSWORD });
    expect(wrong.code).toBe('unauthenticated');
    expect(unknown.message).toBe(wrong.message);
    expect(unknown.fields).toEqual(wrong.fields);
  });

  test('names the field that is missing', async () => {
    expect((await refusal({ email: 'ada', password: '' })).fields).toEqual({
      email: 'Enter an address like ada@example.com.',
      password: 'Enter your password.',
    });
    expect((await refusal(undefined)).code).toBe('invalid_input');
  });

  test('after ten failures even the right password has to wait', async () => {
    await createAccount({ email: 'grace@example.com', password: PASSWORD });
    for (let i = 0; i < 10; i++) await refusal({ email: 'grace@example.com', password: 'wrong password' });
    expect((await refusal({ email: 'grace@example.com', password: PASSWORD })).code).toBe('rate_limited');
  });
});

async function refusal(input: unknown): Promise<AppError> {
  const error = await checkCredentials(input, '10.0.0.9').catch((thrown: unknown) => thrown);
  if (error instanceof AppError) return error;
  throw new Error('It was not refused.');
}
