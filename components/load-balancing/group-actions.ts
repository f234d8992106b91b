import type { ActionResult } from '@/components/ui/action-result';
import type { EditGroupValues, GroupValues, LoadBalanceGroupView } from '@/lib/load-balancing/schema';

/** What the page can do with load balance groups; given by the route. */
export interface GroupActions {
  readonly create: (values: GroupValues) => Promise<ActionResult<LoadBalanceGroupView>>;
  readonly update: (values: EditGroupValues) => Promise<ActionResult>;
  readonly remove: (id: string) => Promise<ActionResult>;
}
