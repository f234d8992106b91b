import { z } from 'zod';

const ORDERS = ['model_name', 'input_cost', 'output_cost', 'max_context_window'] as const;
export type ModelOrder = (typeof ORDERS)[number];

/** `sort_by=input_cost`, or `-input_cost` for the highest first. */
export const modelQuerySchema = z.object({
  sort_by: z
    .string()
    .transform((value) => ({ descending: value.startsWith('-'), by: value.replace(/^-/, '') }))
    .pipe(z.object({ descending: z.boolean(), by: z.enum(ORDERS, `sort_by must be one of ${ORDERS.join(', ')}`) }))
    .optional(),
});

/** A model as the API lists it, in the names that existing clients read. */
export interface ListedModel {
  readonly model_name: string;
  /** Tokens; null where it is not known. */
  readonly max_context_window: number | null;
  /** USD per million tokens; null where it is not known. */
  readonly input_cost: number | null;
  readonly output_cost: number | null;
  /** This installation limits no model by itself. */
  readonly rate_limit: null;
  /** "respan": of the built-in catalogue; "custom": of a provider the organization added. */
  readonly affiliation_category: 'respan' | 'custom';
  readonly provider: {
    readonly provider_name: string;
    readonly provider_id: string;
    /** The gateway passes on what it gets. */
    readonly moderation: 'Unfiltered';
    readonly credential_fields: readonly string[];
  };
}
