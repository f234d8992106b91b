import { z } from 'zod';

export const providerSchema = z.enum(['anthropic']);
export type Provider = z.infer<typeof providerSchema>;

const keyNameSchema = z
  .string()
  .trim()
  .min(1, 'Give the key a name, so that it can be told from others.')
  .max(80, 'A name has at most 80 characters.');

const WEIGHT_RULE = 'A weight is a whole number from 0 to 1000.';

const weightSchema = z.number(WEIGHT_RULE).int(WEIGHT_RULE).min(0, WEIGHT_RULE).max(1000, WEIGHT_RULE);

const WHERE_TO_COPY = 'Copy it from platform.claude.com, under API keys.';

/** What an Anthropic key looks like, so that a slip in pasting is caught before anything is sent anywhere. */
export const anthropicSecretSchema = z
  .string()
  .trim()
  .min(1, `Paste an Anthropic API key. ${WHERE_TO_COPY}`)
  .refine((value) => !/^[A-Za-z0-9]{8}\.[A-Za-z0-9]{32}$/.test(value), {
    error: `This is a Respan key. Here goes the one from Anthropic. ${WHERE_TO_COPY}`,
    abort: true,
  })
  .refine((value) => value.startsWith('sk-ant-'), {
    error: `An Anthropic key begins with sk-ant-. ${WHERE_TO_COPY}`,
    abort: true,
  })
  .refine((value) => /^[A-Za-z0-9_-]{20,500}$/.test(value), {
    error: `This is not a whole Anthropic key: it is too short or has spaces or signs in it. ${WHERE_TO_COPY}`,
  });

export const connectKeySchema = z.object({
  provider: providerSchema,
  name: keyNameSchema.optional(),
  secret: z.string().max(2000, 'This is longer than any Anthropic key. Paste the key alone.'),
});
export type ConnectKeyInput = z.infer<typeof connectKeySchema>;

export const renameSchema = z.object({ id: z.uuid(), name: keyNameSchema });
export const replaceSchema = connectKeySchema.pick({ secret: true }).extend({ id: z.uuid() });
export const weightChangeSchema = z.object({ id: z.uuid(), weight: weightSchema });

/** What may be shown of a credential. The secret is never part of it. */
export interface IntegrationKeyView {
  readonly id: string;
  readonly provider: Provider;
  readonly name: string;
  readonly lastFour: string;
  readonly simulated: boolean;
  /** Share of the traffic among the provider's keys; 0 is out of rotation. */
  readonly weight: number;
  readonly createdAt: Date;
  /** Null when the provider refused it the last time it was asked. */
  readonly verifiedAt: Date | null;
}

export interface Integrations {
  readonly providers: readonly { readonly provider: Provider; readonly keys: readonly IntegrationKeyView[] }[];
  readonly simulator: {
    /** Whether this installation runs one. */
    readonly available: boolean;
    readonly key: IntegrationKeyView | null;
  };
}
