import { describe, expect, test } from 'vitest';
import { isCurrent, navigationGroups, withCarried } from './navigation';

const labels = (onboarded: boolean) =>
  navigationGroups(onboarded)
    .flat()
    .map((item) => item.label);

describe('navigation', () => {
  test('shows Welcome until the onboarding is finished', () => {
    expect(labels(false)).toContain('Welcome');
    expect(labels(true)).not.toContain('Welcome');
  });

  test('a page below an item belongs to it, a page that only begins alike does not', () => {
    const logs = navigationGroups(true)
      .flat()
      .find((item) => item.href === '/logs');
    if (!logs) throw new Error('Logs is missing');
    expect(isCurrent(logs, '/logs')).toBe(true);
    expect(isCurrent(logs, '/logs/0190')).toBe(true);
    expect(isCurrent(logs, '/logs-old')).toBe(false);
  });

  test('environment and range go along, filters of one page do not', () => {
    const search = new URLSearchParams('environment=test&range=7d&model=claude-opus-5-5');
    expect(withCarried('/logs', search)).toBe('/logs?environment=test&range=7d');
    expect(withCarried('/logs', new URLSearchParams())).toBe('/logs');
  });
});
