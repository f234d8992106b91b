import { describe, expect, it } from 'vitest';
import { newId } from './new-id';

describe('newId', () => {
  it('makes version 7 ids of the present time, each once and in order', () => {
    const before = Date.now();
    const ids = Array.from({ length: 5000 }, newId);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const at = Number.parseInt((ids[0] ?? '').replaceAll('-', '').slice(0, 12), 16);
    expect(at).toBeGreaterThanOrEqual(before);
    expect(at).toBeLessThanOrEqual(Date.now());
  });

  it('does not repeat what was drawn from the pool', () => {
    const tails = Array.from({ length: 5000 }, () => newId().slice(-8));
    expect(new Set(tails).size).toBeGreaterThan(4990);
  });
});
