/** The colour of a series' slot (0 to 7). Null: everything that has no colour of its own. */
export function slotColor(slot: number | null | undefined): string {
  return slot === null || slot === undefined ? 'var(--chart-other)' : `var(--chart-${slot + 1})`;
}

/** How requests end, in the order in which they are stacked. */
export const OUTCOME_COLORS = {
  ok: 'var(--chart-6)',
  rateLimited: 'var(--chart-2)',
  providerErrors: 'var(--danger)',
  callerErrors: 'var(--chart-5)',
  limitErrors: 'var(--chart-8)',
  gatewayErrors: 'var(--chart-4)',
  aborted: 'var(--chart-other)',
} as const;
