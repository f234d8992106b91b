import { z } from 'zod';
import type { Cost } from '@/lib/gateway/cost';

/**
 * How a row keeps what its call was charged. With every name written out it would be a third of the row; so a part is a list:
 * class, quantity, nano-dollars a million, nano-dollars, and its model where that is not the one named once for all.
 */
export function packPricing({ parts, modifiers, source }: Cost): object {
  const name = parts[0]?.model;
  const lists = parts.map((part) => {
    const list = [part.class, part.quantity, exact(part.nanoUsdPerMillion), exact(part.costNanoUsd)];
    return part.model === name ? list : [...list, part.model];
  });
  const p = lists.length > 0 ? lists : undefined;
  return { s: source, n: name, p, m: modifiers.length > 0 ? modifiers : undefined };
}

/** A number where that holds every digit. */
function exact(digits: string): number | string {
  const value = Number(digits);
  return Number.isSafeInteger(value) && String(value) === digits ? value : digits;
}

const digits = z.union([z.number(), z.string()]).transform(String);
const list = z.union([
  z.tuple([z.string(), z.number(), digits, digits]),
  z.tuple([z.string(), z.number(), digits, digits, z.string()]),
]);
const packed = z.object({
  s: z.string(),
  n: z.string().default(''),
  p: z.array(list).default([]),
  m: z.array(z.string()).default([]),
});

/** What was packed, in the form it is shown in. Anything else comes back as it is: rows from before were kept so. */
export function unpackPricing(stored: unknown): unknown {
  const read = packed.safeParse(stored);
  if (!read.success) return stored;
  const { s, n, p, m } = read.data;
  const parts = p.map(([name, quantity, nanoUsdPerMillion, costNanoUsd, model = n]) => ({
    ...{ class: name, model, quantity, nanoUsdPerMillion, costNanoUsd },
  }));
  return { parts, modifiers: m, source: s };
}
