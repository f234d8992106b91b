import { uuidv7 } from 'uuidv7';
import { describe, expect, it } from 'vitest';
import { chooseLogId } from './log-id';

const NOW = Date.UTC(2026, 10, 22);
const timeOf = (id: string) => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
const minutesAgo = (minutes: number) => NOW - minutes * 60_000;

describe('the id of a log sent without one', () => {
  const fresh = uuidv7();

  it('carries the time of a call that was made a while ago', () => {
    for (const startedAt of [minutesAgo(2), minutesAgo(600), minutesAgo(6 * 24 * 60)]) {
      const { id } = chooseLogId(null, fresh, NOW, startedAt);
      expect(timeOf(id)).toBe(startedAt);
      expect(id.slice(14)).toBe(fresh.slice(14));
    }
  });

  it('is a fresh one for a call just made, and for one too long ago to have a place', () => {
    for (const startedAt of [NOW, minutesAgo(0.5), minutesAgo(8 * 24 * 60)]) {
      expect(chooseLogId(null, fresh, NOW, startedAt).id).toBe(fresh);
    }
  });

  it('is the sender’s where that is a recent one', () => {
    const theirs = `${NOW.toString(16)
      .padStart(12, '0')
      .replace(/^(.{8})/, '$1-')}-7abc-8abc-0123456789ab`;
    expect(chooseLogId(theirs, fresh, NOW, minutesAgo(600))).toEqual({ id: theirs, spare: null });
  });
});
