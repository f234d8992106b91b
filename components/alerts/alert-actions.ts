import type { ActionResult } from '@/components/ui/action-result';
import type { AlertValues, AlertView, Delivery } from '@/lib/alerts/schema';

/** What the page can do with alerts; given by the route. */
export interface AlertActions {
  readonly create: (values: AlertValues) => Promise<ActionResult<AlertView>>;
  readonly update: (values: AlertValues & { id: string }) => Promise<ActionResult>;
  readonly setEnabled: (input: { id: string; enabled: boolean }) => Promise<ActionResult>;
  readonly remove: (id: string) => Promise<ActionResult>;
  readonly test: (id: string) => Promise<ActionResult<readonly Delivery[]>>;
  readonly reveal: (id: string) => Promise<ActionResult<string>>;
}

/** What alerts can be narrowed to. */
export interface AlertChoices {
  readonly models: readonly string[];
  readonly providers: readonly { readonly id: string; readonly name: string }[];
  readonly keys: readonly { readonly id: string; readonly name: string }[];
  readonly canEmail: boolean;
}
