import type { ActionResult } from '@/components/ui/action-result';
import type { WebhookValues, WebhookView } from '@/lib/webhooks/schema';

/** What the page can do with webhooks; given by the route. */
export interface WebhookActions {
  readonly create: (values: WebhookValues) => Promise<ActionResult<{ webhook: WebhookView; secret: string }>>;
  readonly update: (values: WebhookValues & { id: string }) => Promise<ActionResult>;
  readonly setPaused: (input: { id: string; paused: boolean }) => Promise<ActionResult>;
  readonly remove: (id: string) => Promise<ActionResult>;
  readonly test: (
    id: string,
  ) => Promise<ActionResult<{ statusCode: number | null; error: string | null; durationMs: number }>>;
  readonly reveal: (id: string) => Promise<ActionResult<string>>;
  readonly roll: (id: string) => Promise<ActionResult<string>>;
}
