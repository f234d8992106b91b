import { describe, expect, test } from 'vitest';
import { hashPassword, verifyPassword } from './password';

describe('passwords', () => {
  test('verify against their own hash and no other', async () => {
    const hash = await hashPassword('correct horse battery');
    expect(await verifyPassword('correct horse battery', hash)).toBe(true);
    expect(await verifyPassword('correct horse batterz', hash)).toBe(false);
    expect(await verifyPassword('', hash)).toBe(false);
  });

  test('the same password never has the same hash twice, and the hash does not contain it', async () => {
    const [one, two] = await Promise.all([
      hashPassword('correct horse battery'),
      hashPassword('correct horse battery'),
    ]);
    expect(one).not.toBe(two);
    expect(one).not.toContain('correct');
  });

  test('a hash keeps the parameters it was made with', async () => {
    // scrypt('password', 'NaCl', N=1024, r=8, p=16, 64 bytes), the second vector of RFC 7914.
    const key = Buffer.from(
      'fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640',
      'hex',
    );
    const stored = `scrypt$N=1024,r=8,p=16$${Buffer.from('NaCl').toString('base64')}$${key.toString('base64')}`;
    expect(await verifyPassword('password', stored)).toBe(true);
    expect(await verifyPassword('Password', stored)).toBe(false);
  });

  test('letters typed as other code points are the same password', async () => {
    expect(await verifyPassword('cafe\u0301 au lait', await hashPassword('caf\u00e9 au lait'))).toBe(true);
  });

  test('an unknown user is refused after the same work', async () => {
    const hash = await hashPassword('correct horse battery');
    await verifyPassword('warm up', null);
    const known = await medianMs(() => verifyPassword('wrong password', hash));
    const unknown = await medianMs(() => verifyPassword('wrong password', null));
    expect(await verifyPassword('correct horse battery', null)).toBe(false);
    expect(unknown).toBeGreaterThan(known / 3);
    expect(unknown).toBeLessThan(known * 3);
  });

  test('a damaged hash is an error, not a refusal', async () => {
    await expect(verifyPassword('correct horse battery', 'md5$abc')).rejects.toThrow('not in the expected form');
  });
});

async function medianMs(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 5; i++) {
    const before = performance.now();
    await work();
    times.push(performance.now() - before);
  }
  return times.sort((a, b) => a - b)[2] ?? 0;
}
