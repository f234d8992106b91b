import { randomBytes } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { provideEnv } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { seal, unseal } from './seal';

const SECRET = 'sk-ant-api03-canary-0123456789';
const owner = { organizationId: 'org-a', rowId: 'key-1' };

beforeEach(() => provideEnv({ ENCRYPTION_KEY: randomBytes(32).toString('hex') }));

function failure(sealed: Uint8Array, as = owner): AppError {
  try {
    unseal(sealed, as);
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error('expected unseal to refuse with an AppError');
}

test('what is sealed opens again, and looks different each time', () => {
  const [first, second] = [seal(SECRET, owner), seal(SECRET, owner)];
  expect(unseal(first, owner)).toBe(SECRET);
  expect(unseal(second, owner)).toBe(SECRET);
  expect(Buffer.from(first).equals(Buffer.from(second))).toBe(false);
  expect(Buffer.from(first).includes(SECRET.slice(0, 8))).toBe(false);
});

test('a change of any single byte is noticed', () => {
  const sealed = seal(SECRET, owner);
  for (let index = 0; index < sealed.length; index++) {
    const tampered = Uint8Array.from(sealed, (byte, at) => (at === index ? byte ^ 1 : byte));
    expect(failure(tampered).code).toBe('internal');
  }
});

test('cut short anywhere, it does not open', () => {
  const sealed = seal(SECRET, owner);
  for (let length = 0; length < sealed.length; length++) failure(sealed.slice(0, length));
});

test('moved to another row or another organization, it does not open', () => {
  const sealed = seal(SECRET, owner);
  failure(sealed, { ...owner, rowId: 'key-2' });
  failure(sealed, { ...owner, organizationId: 'org-b' });
});

test('under another encryption key it says so, without a secret in the message', () => {
  const sealed = seal(SECRET, owner);
  const next = randomBytes(32).toString('hex');
  provideEnv({ ENCRYPTION_KEY: next });
  const { message } = failure(sealed);
  expect(message).toMatch(/another ENCRYPTION_KEY/);
  expect(message).not.toContain(SECRET);
  expect(message).not.toContain(next);
});

test('without an encryption key nothing is sealed', () => {
  provideEnv({ ENCRYPTION_KEY: '' });
  expect(() => seal(SECRET, owner)).toThrow(/ENCRYPTION_KEY is not set/);
});
