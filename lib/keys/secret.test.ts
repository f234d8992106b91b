import { expect, test } from 'vitest';
import { generateKey, hashSecret, parseKey, sameHash } from './secret';

test('keys use every letter and digit about equally often', () => {
  const counts = new Map<string, number>();
  for (let i = 0; i < 2000; i++) {
    const { prefix, secret } = generateKey();
    for (const letter of prefix + secret) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  expect(counts.size).toBe(62);
  // 80,000 draws from 62: about 1290 each, standard deviation 36. A modulo over bytes would give the first eight 1562.
  for (const count of counts.values()) expect(Math.abs(count - 1290)).toBeLessThan(200);
});

test('a key is split at its point, and nothing else is taken for one', () => {
  const { prefix, secret } = generateKey();
  expect(parseKey(`${prefix}.${secret}`)).toEqual({ prefix, secret });
  for (const text of [
    '',
    'abc',
    `${prefix}${secret}`,
    `${prefix}.${secret}x`,
    `${prefix}.${secret.slice(1)}-`,
    `${prefix}..${secret}`,
  ]) {
    expect(parseKey(text)).toBeNull();
  }
});

test('hashes are compared by all their bytes', () => {
  const { secret } = generateKey();
  expect(sameHash(hashSecret(secret), hashSecret(secret))).toBe(true);
  expect(sameHash(hashSecret(secret), hashSecret(`${secret} `))).toBe(false);
  expect(sameHash(hashSecret(secret), hashSecret(secret).slice(0, 31))).toBe(false);
});
