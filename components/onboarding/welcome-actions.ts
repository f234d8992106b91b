import type { ActionResult } from '@/components/ui/action-result';
import type { ConnectKeyInput, IntegrationKeyView } from '@/lib/integrations/schema';
import type { ApiKeyView, CreatedKey, NewKey } from '@/lib/keys/schema';
import type { FirstLog } from './first-log';

/** How far the organization was when the page was opened. */
export interface WelcomeStart {
  readonly key: ApiKeyView | null;
  readonly credential: IntegrationKeyView | null;
  readonly simulatorAvailable: boolean;
  readonly log: FirstLog | null;
}

/** What the wizard can do; given by the route. */
export interface WelcomeActions {
  readonly createKey: (input: NewKey) => Promise<ActionResult<CreatedKey>>;
  readonly connect: (input: ConnectKeyInput) => Promise<ActionResult<IntegrationKeyView>>;
  readonly connectSimulator: () => Promise<ActionResult<IntegrationKeyView>>;
  /** Marks the wizard as done. */
  readonly finish: () => Promise<ActionResult>;
}
