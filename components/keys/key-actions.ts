import type { ActionResult } from '@/components/ui/action-result';
import type { CreatedKey, NewKey } from '@/lib/keys/schema';

/** What the pages can do with keys; given by the route. */
export interface KeyActions {
  readonly create: (input: NewKey) => Promise<ActionResult<CreatedKey>>;
  readonly rename: (input: { id: string; name: string }) => Promise<ActionResult>;
  readonly setHedging: (input: { id: string; hedges: boolean }) => Promise<ActionResult>;
  readonly revoke: (id: string) => Promise<ActionResult>;
}
