import { beforeEach, describe, expect, it } from 'vitest';
import { BREAKER_DEFAULTS, Breakers } from './breaker';

let now = 0;
let changes: string[];
let breakers: Breakers;
const order = () => breakers.order(['a', 'b'], (id) => id).join('');
const fail = (times: number) => {
  for (let n = 0; n < times; n++) breakers.failed('a', 'answered 500');
};

beforeEach(() => {
  now = 1000;
  changes = [];
  breakers = new Breakers(
    (id, health) => changes.push(`${id} ${health}`),
    BREAKER_DEFAULTS,
    () => now,
  );
});

describe('Breakers', () => {
  it('opens after failures in a row, and only then', () => {
    fail(4);
    breakers.succeeded('a');
    fail(4);
    expect([order(), changes]).toEqual(['ab', []]);
    fail(1);
    expect([order(), changes]).toEqual(['ba', ['a failing']]);
  });

  it('opens at a rate of failures too', () => {
    for (let n = 0; n < 10; n++) {
      fail(1);
      breakers.succeeded('a');
    }
    expect(order()).toBe('ab');
    fail(1);
    expect(order()).toBe('ba');
  });

  it('forgets failures that lie behind the window', () => {
    fail(4);
    now += BREAKER_DEFAULTS.windowMs + 1;
    breakers.succeeded('a');
    fail(4);
    expect(order()).toBe('ab');
  });

  it('lets one probe through when its time is up, and closes when it succeeds', () => {
    fail(5);
    now += BREAKER_DEFAULTS.openMs;
    expect(order()).toBe('ab');
    expect(order()).toBe('ba');
    breakers.succeeded('a');
    expect([order(), changes]).toEqual(['ab', ['a failing', 'a healthy']]);
  });

  it('stays open longer each time a probe fails', () => {
    fail(5);
    now += BREAKER_DEFAULTS.openMs;
    order();
    fail(1);
    now += BREAKER_DEFAULTS.openMs;
    expect(order()).toBe('ba');
    now += BREAKER_DEFAULTS.openMs;
    expect(order()).toBe('ab');
  });

  it('probes again when a probe was never heard of', () => {
    fail(5);
    now += BREAKER_DEFAULTS.openMs;
    expect(order()).toBe('ab');
    now += BREAKER_DEFAULTS.openMs;
    expect(order()).toBe('ab');
  });

  it('waits as long as the provider asked', () => {
    for (let n = 0; n < 5; n++) breakers.failed('a', 'answered 429', 60_000);
    now += 59_000;
    expect(order()).toBe('ba');
    now += 1000;
    expect(order()).toBe('ab');
  });

  it('never takes the last candidate away', () => {
    fail(5);
    expect(breakers.order(['a'], (id) => id)).toEqual(['a']);
  });

  it('learns from elsewhere that a credential fails, tries it at once, and tells when it works', () => {
    breakers.learn('a', true);
    expect([order(), order()]).toEqual(['ab', 'ba']);
    breakers.succeeded('a');
    expect([order(), changes]).toEqual(['ab', ['a healthy']]);
  });

  it('forgets failures once the credential was put right elsewhere', () => {
    fail(5);
    breakers.learn('a', false);
    fail(4);
    expect(order()).toBe('ab');
    fail(1);
    expect(changes).toEqual(['a failing', 'a failing']);
  });

  it('keeps what it counted while elsewhere nothing else is known', () => {
    fail(4);
    breakers.learn('a', false);
    fail(1);
    breakers.learn('a', true);
    expect([order(), changes]).toEqual(['ba', ['a failing']]);
  });

  it('forgets the oldest of very many', () => {
    fail(5);
    for (let n = 0; n < 10_000; n++) breakers.failed(`other ${n}`, 'answered 401');
    expect(order()).toBe('ab');
  });
});
