import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { queryRows, sql } from '@/lib/db/sql';
import type { Breakdown } from './scope';

const SLOTS = 8;

/**
 * The chart colour (0 to 7) of every model, provider or key an organization has used, by id. Each keeps its colour on every
 * page and in every range, because the oldest chooses first: a new one never moves the others, and eight of them share nothing.
 */
export async function colorsOf(ctx: Context, by: Breakdown): Promise<Record<string, number>> {
  const rows = await queryRows(
    sql`SELECT "value" FROM "DimensionRollup"
        WHERE "organizationId" = ${ctx.organizationId}::uuid AND "granularity" = 'day' AND "dimension" = ${by}
        GROUP BY "value" ORDER BY min("bucketAt"), "value"`,
    z.object({ value: z.string() }),
  );
  return assignColors(rows.map(({ value }) => value));
}

/** Each name's own slot by hash, or the next free one; once all are taken they are shared evenly. */
export function assignColors(names: readonly string[]): Record<string, number> {
  const uses = new Array<number>(SLOTS).fill(0);
  const chosen = new Map<string, number>();
  for (const name of names) {
    const least = Math.min(...uses);
    let slot = hash(name) % SLOTS;
    while (uses[slot] !== least) slot = (slot + 1) % SLOTS;
    uses[slot] = least + 1;
    chosen.set(name, slot);
  }
  return Object.fromEntries(chosen);
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) {
    value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return value;
}
