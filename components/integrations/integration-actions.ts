import type { ActionResult } from '@/components/ui/action-result';
import type {
  ConnectKeyInput,
  CustomProviderInput,
  EditCustomProviderInput,
  IntegrationKeyView,
  SavedCustomProvider,
} from '@/lib/integrations/schema';

/** What the pages can do with provider keys; given by the route. */
export interface IntegrationActions {
  readonly connect: (input: ConnectKeyInput) => Promise<ActionResult<IntegrationKeyView>>;
  readonly connectSimulator: () => Promise<ActionResult<IntegrationKeyView>>;
  readonly replace: (input: { id: string; secret: string }) => Promise<ActionResult>;
  readonly rename: (input: { id: string; name: string }) => Promise<ActionResult>;
  readonly setWeight: (input: { id: string; weight: number }) => Promise<ActionResult>;
  readonly verify: (id: string) => Promise<ActionResult>;
  readonly remove: (id: string) => Promise<ActionResult>;
  readonly addProvider: (input: CustomProviderInput) => Promise<ActionResult<SavedCustomProvider>>;
  readonly editProvider: (input: EditCustomProviderInput) => Promise<ActionResult<SavedCustomProvider>>;
  readonly removeProvider: (id: string) => Promise<ActionResult>;
}
