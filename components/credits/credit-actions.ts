import type { ActionResult } from '@/components/ui/action-result';
import type { GrantInput, WarningInput } from '@/lib/credits/schema';

/** What the page can do about credits; given by the route. */
export interface CreditActions {
  /** Leads to the payment page. */
  readonly topUp: (values: { usd: string }) => Promise<ActionResult<{ url: string }>>;
  readonly saveWarning: (values: WarningInput) => Promise<ActionResult>;
  readonly saveAutoTopUp: (values: { belowUsd: string; usd: string }) => Promise<ActionResult>;
}

export type GrantAction = (values: GrantInput) => Promise<ActionResult<{ organizationName: string }>>;
