import { z } from 'zod';

/** A provider's id: one of the gateway's registry, or the slug of one that the organization added. */
const providerId = z.string().min(1).max(64);

const keyNameSchema = z
  .string()
  .trim()
  .min(1, 'Give the key a name, so that it can be told from others.')
  .max(80, 'A name has at most 80 characters.');

const WEIGHT_RULE = 'A weight is a whole number from 0 to 1000.';

const weightSchema = z.number(WEIGHT_RULE).int(WEIGHT_RULE).min(0, WEIGHT_RULE).max(1000, WEIGHT_RULE);

const secret = z.string().max(2000, 'This is longer than any key. Paste the key alone.');

export const connectKeySchema = z.object({ provider: providerId, name: keyNameSchema.optional(), secret });
export type ConnectKeyInput = z.infer<typeof connectKeySchema>;

export const renameSchema = z.object({ id: z.uuid(), name: keyNameSchema });
export const replaceSchema = connectKeySchema.pick({ secret: true }).extend({ id: z.uuid() });
export const weightChangeSchema = z.object({ id: z.uuid(), weight: weightSchema });

const MODELS_MAX = 200;

export const customProviderSchema = z.object({
  name: z
    .string()
    .trim()
    .min(1, 'Give the provider a name.')
    .max(40, 'A name has at most 40 characters.')
    .regex(/[a-z0-9]/i, 'A name has at least one letter or digit, from which its id is made.'),
  baseUrl: z.string().trim().min(1, 'Enter the base URL.').max(500, 'A base URL has at most 500 characters.'),
  models: z
    .array(z.string().trim().min(1).max(200, 'A model name has at most 200 characters.'))
    .max(MODELS_MAX, `At most ${MODELS_MAX} models can be listed. Others are called as id/model.`)
    .transform((models) => [...new Set(models)]),
  /** Left out where the stored keys stay. */
  secret: secret.optional(),
});
export type CustomProviderInput = z.input<typeof customProviderSchema>;
export type CustomProviderValues = z.output<typeof customProviderSchema>;

export const editCustomProviderSchema = customProviderSchema.extend({ id: z.uuid() });
export type EditCustomProviderInput = z.input<typeof editCustomProviderSchema>;

/** What may be shown of a credential. The secret is never part of it. */
export interface IntegrationKeyView {
  readonly id: string;
  readonly provider: string;
  readonly name: string;
  readonly lastFour: string;
  readonly simulated: boolean;
  /** Share of the traffic among the provider's keys; 0 is out of rotation. */
  readonly weight: number;
  readonly createdAt: Date;
  /** Null when the provider refused it the last time it was asked. */
  readonly verifiedAt: Date | null;
  /** Null while calls with it work, or none were made. */
  readonly failing: { readonly since: Date | null; readonly lastError: string | null } | null;
}

/** What a key was used for since midnight UTC. */
export interface KeyUsage {
  readonly requests: number;
  /** Decimal nano-dollars of the requests whose price is known. */
  readonly costNanoUsd: string;
  /** Requests whose price is not known. */
  readonly unpriced: number;
}

/** A provider that keys can be connected to. */
export interface ConnectedProvider {
  readonly id: string;
  readonly name: string;
  /** What a person gets by connecting it, in a sentence. */
  readonly serves: string;
  /** How its keys begin; empty where they have no form. */
  readonly keyBegins: string;
  /** The provider whose price list holds for it; null where none does. */
  readonly pricedAs: string | null;
  /** Set for one that the organization added itself. */
  readonly custom: CustomProviderView | null;
  readonly keys: readonly IntegrationKeyView[];
}

export interface CustomProviderView {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly baseUrl: string;
  readonly models: readonly string[];
}

/** A provider was saved; the warning says what could not be checked. */
export interface SavedCustomProvider {
  readonly provider: CustomProviderView;
  readonly warning: string | null;
}

export interface Integrations {
  readonly providers: readonly ConnectedProvider[];
  readonly simulator: {
    /** The provider it stands in for. */
    readonly provider: string;
    /** Whether this installation runs one. */
    readonly available: boolean;
    readonly key: IntegrationKeyView | null;
  };
}
