import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { getUser, listUsers } from '@/lib/customers/users';
import { usersParameters } from '@/lib/customers/users-schema';
import { toAppError } from '@/lib/errors';
import { listApiLogs, logQueryOf } from '@/lib/logs/api/list';
import { getApiLog } from '@/lib/logs/api/read';
import { filtersOf, type ListParameters, listBody, listParameters } from '@/lib/logs/api/schema';
import { summarizeLogs } from '@/lib/logs/api/summary';

const WEEK_MS = 7 * 86_400_000;
const READ_ONLY = { readOnlyHint: true, openWorldHint: false };

/** What is answered of a log where the caller does not say. */
const USUAL_FIELDS = [
  ...['unique_id', 'model', 'cost', 'status_code', 'latency', 'timestamp', 'customer_identifier', 'prompt_tokens'],
  ...['completion_tokens', 'status', 'error_message', 'log_type', 'time_to_first_token', 'tokens_per_second'],
];

const period = {
  start_time: z.string().optional().describe('ISO 8601. Default: an hour before end_time. At most a week before it.'),
  end_time: z.string().optional().describe('ISO 8601. Default: now.'),
  is_test: z.boolean().optional().describe("Test or production. Default: the API key's own."),
  all_envs: z.boolean().optional(),
  filters: z
    .array(
      z.object({
        field: z.string(),
        operator: z.string().default(''),
        value: z.array(z.union([z.string(), z.number(), z.boolean()])),
      }),
    )
    .max(50)
    .default([])
    .describe('Such as {"field": "cost", "operator": "gt", "value": [0.01]}; all of them must hold.'),
};
const paging = { page: z.number().int().optional(), page_size: z.number().int().min(1).max(50).default(20) };

interface PlatformCaller {
  readonly ctx: Context;
  /** The key's own: what is read where the call names no other. */
  readonly environment: 'production' | 'test';
  /** Names of tools, where the caller wants no others. */
  readonly enabled: ReadonlySet<string> | null;
}

/** An organization's logs and customers for agents, as its API answers them. Nothing is changed by it. */
export function platformServer({ ctx, environment, enabled }: PlatformCaller): McpServer {
  const server = new McpServer({ name: 'respan', version: '1.0.0' });
  const tool = <Shape extends z.ZodRawShape>(
    name: string,
    description: string,
    inputSchema: Shape,
    run: (input: z.output<z.ZodObject<Shape>>) => Promise<unknown>,
  ) => {
    if (enabled && !enabled.has(name)) return;
    const schema = z.object(inputSchema);
    const advertised: z.ZodObject = schema;
    server.registerTool(name, { description, inputSchema: advertised, annotations: READ_ONLY }, async (input) =>
      answered(() => run(schema.parse(input))),
    );
  };

  tool(
    'list_logs',
    'Lists logged calls, newest first, with model, cost, tokens, times and status.',
    {
      ...paging,
      ...period,
      sort_by: z.string().optional(),
      include_fields: z.array(z.string()).default(USUAL_FIELDS).describe('Names of fields of a log'),
    },
    async ({ filters, include_fields, ...rest }) => {
      const parameters = { ...withinAWeek(listParameters.parse(rest)), include_fields };
      const { count, count_is_capped, next, results } = await listApiLogs(ctx, parameters, asked(filters), environment);
      return { count, count_is_capped, next_page: next?.page ?? null, results };
    },
  );
  tool(
    'get_log_detail',
    'Answers one log with everything: messages, answer, tokens, cost and attempts.',
    { log_id: z.string().min(1).max(255) },
    ({ log_id }) => getApiLog(ctx, log_id),
  );
  tool(
    'get_spans_summary',
    'Adds up the logs of a period: requests, tokens and cost in dollars.',
    period,
    ({ filters, ...rest }) => {
      const parameters = withinAWeek(listParameters.parse(rest));
      return summarizeLogs(ctx, logQueryOf(parameters, asked(filters), environment, new Date()));
    },
  );
  tool(
    'list_customers',
    'Lists customers with their requests, tokens, cost and times.',
    { ...paging, sort_by: z.string().optional(), environment: z.enum(['production', 'test']).optional() },
    (input) => listUsers(ctx, usersParameters.parse(input), environment),
  );
  tool(
    'get_customer_detail',
    'Answers one customer with figures and the models it uses most.',
    { customer_identifier: z.string().min(1).max(255) },
    ({ customer_identifier }) => getUser(ctx, customer_identifier),
  );
  return server;
}

function asked(filters: z.input<typeof listBody>['filters']) {
  return filtersOf(listBody.parse({ filters }), NONE);
}

const NONE = new URLSearchParams();

function withinAWeek(parameters: ListParameters): ListParameters {
  const earliest = new Date((parameters.end_time ?? new Date()).getTime() - WEEK_MS);
  const { start_time } = parameters;
  return start_time && start_time < earliest ? { ...parameters, start_time: earliest } : parameters;
}

/** What the tool found as JSON, or why it could not. */
async function answered(run: () => Promise<unknown>) {
  try {
    return { content: [{ type: 'text' as const, text: JSON.stringify(await run(), null, 2) }] };
  } catch (error) {
    const known = error instanceof z.ZodError ? z.prettifyError(error) : toAppError(error).message;
    if (!(error instanceof z.ZodError) && toAppError(error).code === 'internal')
      console.error('An MCP tool failed:', error);
    return { content: [{ type: 'text' as const, text: known }], isError: true };
  }
}
