import { z } from 'zod';

/** Customers as the API knows them: "users". Money is dollars, times are seconds. */

const SORTS = ['first_seen', 'last_active', 'number_of_requests', 'total_cost', 'customer_identifier'] as const;
export type UserSort = (typeof SORTS)[number];

export const usersParameters = z.object({
  page: z.coerce.number().int().min(1).max(2000).default(1),
  page_size: z.coerce.number().int().min(1).max(500).default(50),
  sort_by: z
    .string()
    .default('-first_seen')
    .transform((text) => ({ descending: text.startsWith('-'), by: text.replace(/^-/, '') }))
    .pipe(
      z.object({
        descending: z.boolean(),
        by: z.enum(SORTS, `Must be one of ${SORTS.join(', ')}, with - for the largest first.`),
      }),
    ),
  environment: z.enum(['production', 'prod', 'test']).optional(),
});
export type UsersParameters = z.output<typeof usersParameters>;

export const apiUser = z
  .object({
    customer_identifier: z.string(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    first_seen: z.iso.datetime(),
    last_active_timeframe: z.iso.datetime(),
    active_days: z.number().int(),
    number_of_requests: z.number().int(),
    total_tokens: z.number().int(),
    total_cost: z.number(),
    average_latency: z.number().nullable(),
    average_ttft: z.number().nullable(),
  })
  .meta({ id: 'User' });
export type ApiUser = z.output<typeof apiUser>;

export const apiUserDetail = apiUser
  .extend({
    last_active: z.iso.datetime(),
    total_requests: z.number().int(),
    total_usage: z.number(),
    total_prompt_tokens: z.number().int(),
    total_completion_tokens: z.number().int(),
    total_cache_hits: z.number().int(),
    average_monthly_cost: z.number(),
    top_models: z.array(z.object({ model: z.string().nullable(), number_of_requests: z.number().int() })),
  })
  .meta({ id: 'UserDetail' });
export type ApiUserDetail = z.output<typeof apiUserDetail>;

/** Budgets are not kept here: whoever sends one is told, rather than left to believe in it. */
export const userChanges = z.strictObject(
  { name: z.string().trim().max(255).nullable().optional(), email: z.string().trim().max(255).nullable().optional() },
  { error: (issue) => (issue.code === 'unrecognized_keys' ? 'Only name and email can be changed.' : undefined) },
);
export type UserChanges = z.output<typeof userChanges>;
