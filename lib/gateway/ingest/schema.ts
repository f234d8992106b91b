import { z } from 'zod';
import { amount, anything, flag, identifier, object, optional, text, time, whole } from './fields';

/** A week. What took longer was measured wrong, or in another unit. */
export const SECONDS_MAX = 604_800;
const TOKENS_MAX = 1_000_000_000;
const USD_MAX = 1_000_000;
const SPAN_NAME_MAX = 255;
const MESSAGE_MAX = 10_000;

const tokens = whole(0, TOKENS_MAX);
const cacheCreation = optional(
  z.object({ ephemeral_5m_input_tokens: tokens, ephemeral_1h_input_tokens: tokens }, 'Must be an object.'),
);

const iteration = z.object(
  {
    type: text(100),
    model: identifier,
    input_tokens: tokens,
    output_tokens: tokens,
    cache_read_input_tokens: tokens,
    cache_creation_input_tokens: tokens,
    cache_creation: cacheCreation,
  },
  'Must be an object.',
);

/** Token counts as OpenAI, Anthropic and Respan name them. */
export const usageSchema = z.object(
  {
    prompt_tokens: tokens,
    completion_tokens: tokens,
    total_tokens: tokens,
    prompt_tokens_details: optional(
      z.object({ cached_tokens: tokens, cache_creation_tokens: tokens }, 'Must be an object.'),
    ),
    completion_tokens_details: optional(z.object({ reasoning_tokens: tokens }, 'Must be an object.')),
    prompt_cache_hit_tokens: tokens,
    prompt_cache_creation_tokens: tokens,
    cache_creation_prompt_tokens: tokens,
    input_tokens: tokens,
    output_tokens: tokens,
    input_tokens_details: optional(z.object({ cached_tokens: tokens }, 'Must be an object.')),
    output_tokens_details: optional(
      z.object({ reasoning_tokens: tokens, thinking_tokens: tokens }, 'Must be an object.'),
    ),
    cache_creation_input_tokens: tokens,
    cache_read_input_tokens: tokens,
    cache_creation: cacheCreation,
    server_tool_use: optional(z.object({ web_search_requests: tokens }, 'Must be an object.')),
    service_tier: text(50),
    speed: text(50),
    inference_geo: text(50),
    iterations: optional(z.array(iteration, 'Must be a list.').max(1000, 'Must have at most 1000 entries.')),
  },
  'Must be an object.',
);

/** Every documented field of a log, by its present name; older names are renamed before. */
export const logSchema = z.object({
  model: identifier,
  provider_id: identifier,
  log_type: text(50),

  prompt_messages: anything,
  input: anything,
  full_request: anything,
  tools: anything,
  tool_choice: anything,
  response_format: anything,
  variables: anything,
  temperature: anything,
  top_p: anything,
  frequency_penalty: anything,
  presence_penalty: anything,
  max_tokens: anything,
  stop: anything,
  n: anything,
  audio_input_file: anything,

  completion_message: anything,
  completion_messages: anything,
  output: anything,
  full_response: anything,
  tool_calls: anything,
  reasoning: anything,
  embedding: anything,
  audio_output_file: anything,
  ideal_output: anything,

  usage: optional(usageSchema),
  prompt_tokens: tokens,
  completion_tokens: tokens,
  total_tokens: tokens,
  prompt_cache_hit_tokens: tokens,
  prompt_cache_creation_tokens: tokens,

  cost: amount(USD_MAX),
  prompt_unit_price: amount(USD_MAX),
  completion_unit_price: amount(USD_MAX),

  latency: amount(SECONDS_MAX),
  time_to_first_token: amount(SECONDS_MAX),
  tokens_per_second: amount(1_000_000_000),
  routing_time: amount(SECONDS_MAX),
  timestamp: time,
  start_time: time,

  stream: flag,
  status_code: whole(100, 599),
  status: text(50),
  error_message: text(MESSAGE_MAX),
  warnings: anything,

  unique_id: identifier,
  customer_identifier: identifier,
  customer_params: optional(z.looseObject({ customer_identifier: identifier }, 'Must be an object.')),
  customer_email: identifier,
  customer_name: identifier,
  session_identifier: identifier,
  custom_identifier: identifier,
  group_identifier: identifier,
  metadata: object,
  properties: object,

  trace_unique_id: identifier,
  span_unique_id: identifier,
  span_parent_id: identifier,
  span_name: text(SPAN_NAME_MAX),
  span_workflow_name: identifier,
  span_path: text(MESSAGE_MAX),
  prompt_id: identifier,
  prompt_name: identifier,
  is_custom_prompt: flag,
  prompt_version_number: identifier,

  positive_feedback: flag,
  note: text(MESSAGE_MAX),
  category: identifier,
  disable_log: flag,
  respan_api_controls: anything,
});

export type ParsedLog = z.output<typeof logSchema>;
export type ParsedUsage = z.output<typeof usageSchema>;
