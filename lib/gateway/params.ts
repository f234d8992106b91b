import { z } from 'zod';

/** Respan's own parameters: what a caller may send beside the provider's request. */

const identifier = z.union([z.string(), z.number()]).transform(String).pipe(z.string().min(1).max(255));

/** Null is as good as nothing: clients send it for a person whose name they do not know. */
const label = z.union([z.string(), z.number()]).transform(String).pipe(z.string().max(255)).nullable();

/** What can stand in a header: anything else would only fail later, as if the provider had refused it. */
const secret = z.string().regex(/^\s*[\x21-\x7e]+\s*$/, 'must be a key without spaces or special characters');

const credentialFields = z.looseObject({ api_key: secret, api_base: z.unknown().optional() });

const models = z.array(z.string()).default([]);
const weighted = z.looseObject({
  credentials: z.record(z.string(), credentialFields),
  weight: z.number().positive().default(1),
  available_models: models,
  exclude_models: models,
});
const perProviderList = z.array(
  z.looseObject({
    credentials: credentialFields,
    weight: z.number().positive().default(1),
    available_models: models,
    exclude_models: models,
  }),
);

/** One credential as a request carries it. */
export interface SuppliedCredential {
  readonly provider: string;
  readonly secret: string;
  readonly weight: number;
  readonly availableModels: readonly string[];
  readonly excludeModels: readonly string[];
}

type Weighted = { weight: number; available_models: string[]; exclude_models: string[] };
const plain: Weighted = { weight: 1, available_models: [], exclude_models: [] };
const supplied = (provider: string, fields: { api_key: string }, from: Weighted): SuppliedCredential => ({
  provider,
  secret: fields.api_key.trim(),
  weight: from.weight,
  availableModels: from.available_models,
  excludeModels: from.exclude_models,
});

/** Three documented forms: an object by provider, that with a list per provider, and a list of weighted objects. */
const customerCredentials = z
  .union([z.array(weighted), z.record(z.string(), z.union([credentialFields, perProviderList]))])
  .transform((value): SuppliedCredential[] =>
    Array.isArray(value)
      ? value.flatMap((entry) =>
          Object.entries(entry.credentials).map(([provider, fields]) => supplied(provider, fields, entry)),
        )
      : Object.entries(value).flatMap(([provider, fields]) =>
          Array.isArray(fields)
            ? fields.map((entry) => supplied(provider, entry.credentials, entry))
            : [supplied(provider, fields, plain)],
        ),
  );

/** Keys by provider, or by model as older clients send them. Without a prototype: a model may be called "constructor". */
const customerApiKeys = z
  .record(z.string(), secret)
  .transform((value): typeof value => Object.assign(Object.create(null), value));

/** What is nested deeper could not be written to the log. */
const METADATA_DEPTH = 100;

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((one) => isDeeperThan(one, levels - 1));
}

const loggedObject = z
  .record(z.string(), z.unknown())
  .refine((value) => !isDeeperThan(value, METADATA_DEPTH), `is nested more than ${METADATA_DEPTH} levels deep`);

const retryParams = z.strictObject({
  retry_enabled: z.boolean().default(true),
  num_retries: z.number().int().min(1).max(10).default(3),
  /** Seconds before the first retry. */
  retry_after: z.number().positive().max(60).default(0.2),
});

/** A second attempt when the first byte is late: after so many milliseconds, or after what the key's own calls take. */
const hedge = z.union(
  [
    z.boolean(),
    z.strictObject({ after_ms: z.number().int().min(1).max(600_000).optional(), max: z.literal(1).optional() }),
  ],
  { error: 'must be true, false, or an object with after_ms from 1 to 600000 and max 1' },
);

const modelNames = z.array(z.string().min(1).max(300)).max(50);

/** A model of a load balance group, with credentials of its own where it brings some: by provider, or plain. */
const groupModel = z.looseObject({
  model: z.string().min(1).max(300),
  weight: z.number().positive().default(1),
  credentials: z.union([credentialFields, z.record(z.string(), credentialFields)]).optional(),
});

export const respanParamsSchema = z.object({
  customer_credentials: customerCredentials.optional(),
  // Without a prototype: a model may be called "constructor".
  credential_override: z
    .record(z.string(), credentialFields)
    .transform((value): typeof value => Object.assign(Object.create(null), value))
    .optional(),
  customer_api_keys: customerApiKeys.optional(),
  model_name_map: z
    .record(z.string(), z.string().min(1).max(300))
    .transform((value): typeof value => Object.assign(Object.create(null), value))
    .optional(),
  customer_identifier: identifier.optional(),
  customer_params: z
    .looseObject({
      customer_identifier: identifier,
      group_identifier: identifier.nullish(),
      name: label.optional(),
      email: label.optional(),
    })
    .optional(),
  customer_name: label.optional(),
  customer_email: label.optional(),
  session_identifier: identifier.optional(),
  thread_identifier: identifier.optional(),
  trace_group_identifier: identifier.optional(),
  group_identifier: identifier.optional(),
  custom_identifier: identifier.optional(),
  metadata: loggedObject.optional(),
  /** The newer name of metadata. */
  properties: loggedObject.optional(),
  disable_log: z.boolean().optional(),
  retry_params: retryParams.optional(),
  hedge: hedge.optional(),
  request_breakdown: z.boolean().optional(),
  cache_enabled: z.boolean().optional(),
  /** Seconds. */
  cache_ttl: z.number().positive().max(31_536_000).optional(),
  cache_options: z
    .looseObject({
      cache_by_customer: z.boolean().optional(),
      is_cached_by_model: z.boolean().optional(),
      omit_log: z.boolean().optional(),
      omit_logs: z.boolean().optional(),
    })
    .optional(),
  fallback_models: modelNames.optional(),
  disable_fallback: z.boolean().optional(),
  models: modelNames.optional(),
  exclude_models: modelNames.optional(),
  exclude_providers: modelNames.optional(),
  load_balance_group: z
    .looseObject({ group_id: z.string().optional(), models: z.array(groupModel).max(50).default([]) })
    .optional(),
  loadbalance_models: z.array(groupModel).max(50).optional(),
});

export type RespanParams = z.infer<typeof respanParamsSchema>;

export const HONOURED_PARAMS: ReadonlySet<string> = new Set(Object.keys(respanParamsSchema.shape));

/**
 * Documented parameters that this version takes out of the request and does not act on. They are known so that they are
 * never sent to a provider, which would refuse the call; each leaves a warning on the log.
 */
export const KNOWN_PARAMS: ReadonlySet<string> = new Set([
  ...['prompt', 'variables'],
  ...['positive_feedback', 'note', 'category', 'posthog_integration', 'field_name', 'delimiter', 'mock_response'],
  ...['eval_params', 'respan_api_controls'],
]);

/** Members that hold a whole set of parameters. */
export const PARAM_CONTAINERS: ReadonlySet<string> = new Set(['respan_params', 'keywordsai_params']);

/** Members that can hold somebody's credential: never stored, never sent on. */
export const SECRET_PARAMS: ReadonlySet<string> = new Set([
  ...['customer_credentials', 'credential_override', 'customer_api_keys', 'load_balance_group', 'loadbalance_models'],
  'posthog_integration',
  ...PARAM_CONTAINERS,
]);

/** Whether a top-level member of a body is ours and not the provider's. `metadata` is both, and handled by each path. */
export function isRespanMember(key: string): boolean {
  return key !== 'metadata' && (HONOURED_PARAMS.has(key) || KNOWN_PARAMS.has(key) || PARAM_CONTAINERS.has(key));
}

/** What the calls of one conversation have in common, under its present or an older name; null where nothing tells. */
export function conversationOf(params: RespanParams): string | null {
  return params.session_identifier ?? params.trace_group_identifier ?? params.thread_identifier ?? null;
}

/** The caller's own end user; null where the request names none. */
export function customerOf(params: RespanParams): string | null {
  return params.customer_identifier ?? params.customer_params?.customer_identifier ?? null;
}
