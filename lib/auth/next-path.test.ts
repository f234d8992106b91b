import { describe, expect, test } from 'vitest';
import { safeNextPath, signInPath } from './next-path';

describe('safeNextPath', () => {
  test.each(['/logs', '/logs?status=error&range=7d', '/settings/api-keys#new', '/signs'])('keeps %s', (path) => {
    expect(safeNextPath(path)).toBe(path);
  });

  test.each([
    'https://evil.test/logs',
    '//evil.test',
    '/\\evil.test',
    '/\t/evil.test',
    '/.//evil.test',
    '/x/..//evil.test',
    'javascript:alert(1)',
    'logs',
    '',
    '/sign-in',
    '/sign-up?next=/logs',
    '/api/auth/signout',
    null,
    undefined,
  ])('answers the dashboard for %j', (path) => {
    expect(safeNextPath(path)).toBe('/dashboard');
  });
});

describe('signInPath', () => {
  test('carries the way back', () => {
    expect(signInPath('/logs?range=7d')).toBe('/sign-in?next=%2Flogs%3Frange%3D7d');
  });

  test.each([null, '/', '/dashboard', '//evil.test'])('is short for %j', (path) => {
    expect(signInPath(path)).toBe('/sign-in');
  });
});
