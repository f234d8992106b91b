import { z } from 'zod';

/** What the form sends. */
export const webhookSchema = z.object({
  name: z.string().trim().min(1, 'Give the webhook a name.').max(80, 'A name has at most 80 characters.'),
  url: z
    .string()
    .trim()
    .min(1, 'Enter the URL that logs are sent to.')
    .max(2000, 'A URL has at most 2,000 characters.'),
  environment: z.enum(['production', 'test']).nullable(),
});
export type WebhookValues = z.infer<typeof webhookSchema>;

export interface WebhookView {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  /** Null for both. */
  readonly environment: 'production' | 'test' | null;
  readonly state: 'active' | 'failing' | 'paused';
  readonly pausedAt: Date | null;
  /** Null where a person paused it. */
  readonly pauseReason: string | null;
  readonly failingSince: Date | null;
  readonly retryAt: Date | null;
  readonly lastDeliveredAt: Date | null;
  /** Logs that wait to be sent, counted up to 10,000. */
  readonly waiting: number;
}

export interface AttemptView {
  readonly id: string;
  readonly webhookId: string;
  readonly webhookName: string;
  /** Null for a test. */
  readonly logId: string | null;
  readonly at: Date;
  /** 1 for the first try. */
  readonly attempt: number;
  readonly statusCode: number | null;
  /** Null where it was accepted. */
  readonly error: string | null;
  readonly durationMs: number;
}
