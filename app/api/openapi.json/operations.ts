import { z } from 'zod';
import { apiUser, apiUserDetail, userChanges, usersParameters } from '@/lib/customers/users-schema';
import { logSchema } from '@/lib/gateway/ingest/schema';
import { respanParamsSchema } from '@/lib/gateway/params';
import { apiLog } from '@/lib/logs/api/record';
import { batchUpdate, listBody, listParameters, logChanges } from '@/lib/logs/api/schema';
import { logSummary } from '@/lib/logs/api/summary';
import { logThread } from '@/lib/logs/api/threads';
import { facet, logFilter } from '@/lib/logs/filters/schema';
import { CREDIT_OPERATIONS } from './credit-operations';
import type { Operation } from './operation';

const LOGS = 'Logs';
const GATEWAY = 'Gateway';

const created = z.object({ message: z.string(), unique_id: z.string() });
const createdMany = z.object({
  message: z.string(),
  created: z.number().int(),
  errors: z.array(z.object({ index: z.number().int(), errors: z.record(z.string(), z.array(z.string())) })),
  results: z.array(z.object({ index: z.number().int(), unique_id: z.string().optional() })),
});
const logPage = z.object({
  count: z.number().int().meta({ description: 'Exact up to 10,000.' }),
  count_is_capped: z.boolean(),
  next: z.string().nullable(),
  previous: z.string().nullable(),
  results: z.array(apiLog.partial()),
  filters_data: z.record(z.string(), facet.shape.values).optional(),
  current_filters: z.array(logFilter.in),
});
const updated = z.object({
  updated: z.number().int(),
  errors: z.array(z.object({ index: z.number().int(), unique_id: z.string(), detail: z.string() })),
});
const model = z.looseObject({
  model_name: z.string(),
  input_cost: z.number().nullable(),
  output_cost: z.number().nullable(),
});
const anything = z.looseObject({});
const call = z.looseObject({
  model: z.string(),
  stream: z.boolean().optional(),
  ...respanParamsSchema.partial().shape,
});

const refused = [400, 402, 404, 413, 429, 502];
const gatewayCall = (path: string, summary: string, description: string): Operation => ({
  ...({ method: 'post', path, tag: GATEWAY, summary, description, errors: refused } as const),
  body: call,
  answer: anything,
});
const openAi = "Takes OpenAI's own body and answers as OpenAI does, streamed or not. Respan's parameters stand beside.";
const anthropic = "Takes Anthropic's own body, passes it on byte for byte, and answers with the provider's own bytes.";

const listing = { tag: LOGS, query: listParameters, filtered: true, answer: logPage, errors: [422] } as const;
const summing = { tag: LOGS, query: listParameters, filtered: true, answer: logSummary, errors: [422] } as const;
const creating = { method: 'post', tag: LOGS, body: logSchema, answer: created, errors: [400, 413, 422] } as const;
const creatingMany = {
  ...({ method: 'post', tag: LOGS, body: z.object({ logs: z.array(logSchema).min(1).max(500) }) } as const),
  answer: createdMany,
  errors: [400, 413, 422],
};
const threads = {
  ...({ path: '/api/log_threads', tag: LOGS, summary: 'List threads', query: listParameters, filtered: true } as const),
  answer: z.object({ results: z.array(logThread), filters_data: z.record(z.string(), facet.shape.values) }),
  errors: [422],
};
const users = {
  ...({ path: '/api/users/list', tag: 'Users', summary: 'List users', query: usersParameters, errors: [422] } as const),
  answer: z.object({ count: z.number().int(), results: z.array(apiUser) }),
};

export const OPERATIONS: readonly Operation[] = [
  gatewayCall('/api/chat/completions', 'Chat completion', openAi),
  gatewayCall('/chat/completions', 'Chat completion', openAi),
  gatewayCall('/api/responses', 'Response', openAi),
  gatewayCall('/responses', 'Response', openAi),
  gatewayCall('/api/embeddings', 'Embeddings', openAi),
  gatewayCall('/embeddings', 'Embeddings', openAi),
  gatewayCall('/api/anthropic/v1/messages', 'Message', anthropic),
  gatewayCall('/api/anthropic/messages', 'Message', anthropic),
  gatewayCall('/api/anthropic/messages/count_tokens', 'Count tokens', anthropic),
  { ...creating, path: '/api/request-logs', summary: 'Create a log' },
  { ...creating, path: '/api/request-logs/create', summary: 'Create a log' },
  { ...creatingMany, path: '/api/request-logs/bulk', summary: 'Create up to 500 logs' },
  { ...creatingMany, path: '/api/request-logs/batch/create', summary: 'Create up to 500 logs' },
  {
    ...({
      method: 'post',
      path: '/api/v2/traces',
      tag: LOGS,
      summary: 'Create logs from spans (OTLP over HTTP)',
    } as const),
    description:
      "OpenTelemetry's ExportTraceServiceRequest, as JSON or as application/x-protobuf, with gzip or without.",
    body: z.object({ resourceSpans: z.array(anything) }),
    answer: z.object({
      partialSuccess: z.object({ rejectedSpans: z.number().int().optional(), errorMessage: z.string().optional() }),
    }),
    errors: [400, 413],
  },
  { ...listing, method: 'get', path: '/api/request-logs', summary: 'List logs' },
  { ...listing, method: 'get', path: '/api/request-logs/list', summary: 'List logs' },
  { ...listing, method: 'post', path: '/api/request-logs/list', summary: 'List logs', body: listBody },
  { ...summing, method: 'get', path: '/api/request-logs/summary', summary: 'Add logs up' },
  { ...summing, method: 'post', path: '/api/request-logs/summary', summary: 'Add logs up', body: listBody },
  {
    ...({
      method: 'patch',
      path: '/api/request-logs/batch-update',
      tag: LOGS,
      summary: 'Change up to 500 logs',
    } as const),
    ...{ body: batchUpdate, answer: updated, errors: [400, 422] },
  },
  { method: 'get', path: '/api/request-logs/{logId}', tag: LOGS, summary: 'Get a log', answer: apiLog, errors: [404] },
  {
    ...({ method: 'patch', path: '/api/request-logs/{logId}', tag: LOGS, summary: 'Change a log' } as const),
    ...{ body: logChanges, answer: apiLog, errors: [400, 404, 422] },
  },
  {
    ...({ method: 'delete', path: '/api/request-logs/{logId}', tag: LOGS, summary: 'Delete a log' } as const),
    description:
      'Removes the log and its bodies. Parts of a long request that other logs of its day may share can no longer be read by it, and ' +
      'are removed some ten days later where no other log has them. Totals, charts and the ledger keep what it counted and cost.',
    ...{ answer: null, errors: [404] },
  },
  { ...threads, method: 'get' },
  { ...threads, method: 'post', body: listBody },
  { ...users, method: 'get' },
  { ...users, method: 'post' },
  ...CREDIT_OPERATIONS,
  {
    ...({ method: 'get', path: '/api/users/{customerIdentifier}', tag: 'Users', summary: 'Get a user' } as const),
    ...{ answer: apiUserDetail, errors: [404] },
  },
  {
    ...({ method: 'patch', path: '/api/users/{customerIdentifier}', tag: 'Users', summary: 'Name a user' } as const),
    ...{ body: userChanges, answer: apiUserDetail, errors: [400, 404, 422] },
  },
  {
    ...({ method: 'get', path: '/api/models', tag: 'Models', summary: 'List the models a key can call' } as const),
    query: z.object({ sort_by: z.string().optional() }),
    ...{
      answer: z.looseObject({ models: z.array(model), object: z.literal('list'), data: z.array(anything) }),
      errors: [422],
    },
  },
  {
    ...({
      method: 'get',
      path: '/api/models/public',
      tag: 'Models',
      summary: 'List the catalogue',
      isPublic: true,
    } as const),
    answer: z.object({ models: z.array(model) }),
  },
  {
    ...({ method: 'get', path: '/api/openapi.json', tag: 'Models', summary: 'This document', isPublic: true } as const),
    answer: anything,
  },
];
