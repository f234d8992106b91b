import { nanoUsdToDecimal } from '@/lib/money/nano-usd';
import { GatewayError } from '../errors';
import type { HoldResult } from '../ports';
import type { Provider } from '../providers/provider';

/** The answer to a call that credits can't pay: what there is, and both ways out. */
export function creditsUsedUp(
  { name }: Pick<Provider, 'name'>,
  { balanceNanoUsd, isHeldByOthers }: Pick<HoldResult, 'balanceNanoUsd' | 'isHeldByOthers'>,
): GatewayError {
  const left = dollars(balanceNanoUsd);
  const what = isHeldByOthers
    ? `All of your credits (${left}) are held by calls that are under way: try again when one has ended.`
    : balanceNanoUsd > 0n
      ? `Your credits (${left}) don't cover this call.`
      : `Your credits are used up (${left}).`;
  return new GatewayError(
    'credits_used_up',
    `${what} Add credits on the Credits page, or connect your own ${name} key on the Integrations page.`,
  );
}

/** What ends a stream that can't be paid any further. */
export function creditsRanOut({ name }: Pick<Provider, 'name'>): GatewayError {
  return new GatewayError(
    'credits_used_up',
    `Your credits ran out during this answer; what was produced until then was billed. Add credits on the Credits page, or connect your own ${name} key on the Integrations page.`,
  );
}

/** Rounded down to a hundredth of a cent: what is left is never said to be more. */
function dollars(nanoUsd: bigint): string {
  return `$${nanoUsdToDecimal(nanoUsd - (nanoUsd % 100_000n))}`;
}
