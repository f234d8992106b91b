import { z } from 'zod';
import type { ApiVersion } from '../auth';
import { cacheControl, messageParam, systemParam } from './blocks';
import { tool, toolChoice } from './tools';

const display = z.enum(['summarized', 'omitted', 'updates']).nullish();

const thinking = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('adaptive'), display }),
  z.strictObject({ type: z.literal('enabled'), budget_tokens: z.int().min(1024), display }),
  z.strictObject({ type: z.literal('disabled') }),
  z.strictObject({ type: z.literal('between_tools') }),
]);

const jsonFormat = z.strictObject({ type: z.literal('json_schema'), schema: z.record(z.string(), z.unknown()) });

const outputConfig = z.strictObject({
  effort: z.enum(['low', 'medium', 'high', 'xhigh', 'max']).nullish(),
  format: jsonFormat.nullish(),
  task_budget: z.looseObject({}).nullish(),
});

const promptFields = {
  model: z.string().min(1),
  messages: z.array(messageParam).max(100_000),
  system: systemParam,
  tools: z.array(tool).optional(),
  tool_choice: toolChoice.optional(),
  thinking: thinking.optional(),
  output_config: outputConfig.optional(),
  cache_control: cacheControl,
  speed: z.enum(['standard', 'fast']).nullish(),
};

/** Fields that exist only together with a beta; what is in them is not looked at. */
export const betaFields = {
  context_management: z.unknown().optional(),
  mcp_servers: z.unknown().optional(),
  output_format: jsonFormat.nullish(),
};

const messageBetaFields = {
  fallbacks: z.unknown().optional(),
  fallback_credit_token: z.unknown().optional(),
  compaction: z.unknown().optional(),
  thread: z.unknown().optional(),
  billing_policy: z.unknown().optional(),
};

const messageFields = {
  ...promptFields,
  max_tokens: z.int().min(0),
  stream: z.boolean().nullish(),
  stop_sequences: z.array(z.string()).nullish(),
  metadata: z.strictObject({ user_id: z.string().max(2048).nullish() }).nullish(),
  diagnostics: z.strictObject({ previous_message_id: z.string().nullable() }).nullish(),
  service_tier: z.enum(['auto', 'standard_only']).optional(),
  inference_geo: z.enum(['us', 'global']).nullish(),
  container: z.union([z.string(), z.looseObject({})]).nullish(),
};

const samplingFields = {
  temperature: z.number().min(0).max(1).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  top_k: z.int().min(0).nullish(),
};

const fields = { ...messageFields, ...betaFields, ...messageBetaFields };
const messages2023 = z.strictObject({ ...fields, ...samplingFields });

/** Each API version has its own set of fields: the newest has no sampling parameters. */
export const messageRequest = {
  '2023-06-01': messages2023,
  '2026-10-21': z.strictObject(fields),
} satisfies Record<ApiVersion, z.ZodType>;

export const countTokensRequest = z.strictObject({ ...promptFields, ...betaFields });

export type MessageRequest = z.infer<typeof messages2023>;
export type PromptRequest = z.infer<typeof countTokensRequest>;
