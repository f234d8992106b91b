import { expect } from '@playwright/test';
import { openDatabase } from './database';
import type { TestServer } from './server';

/** Traffic that can be checked afterwards: every answered call must have its log. */

export const LOAD_KEY = 'abcd1234.0123456789abcdefghijABCDEFGHIJ12';

/** The environment of a server that `load` can call. */
export function loadEnvironment(providerUrl: string): Record<string, string> {
  return {
    ANTHROPIC_BASE_URL: providerUrl,
    RESPAN_INIT_EMAIL: 'ada@example.com',
    RESPAN_INIT_PASSWORD: 'correct horse battery staple',
    RESPAN_INIT_API_KEY: LOAD_KEY,
  };
}

/** One call with a key of its own. @returns the log's id once the answer was read whole, undefined if it broke */
export async function call(url: string, stream: boolean): Promise<string | undefined> {
  try {
    const response = await fetch(`${url}/api/anthropic/v1/messages`, {
      method: 'POST',
      // A call whose server was killed may never hear of it.
      signal: AbortSignal.timeout(15_000),
      headers: { 'x-api-key': LOAD_KEY, 'content-type': 'application/json', 'anthropic-version': '2023-06-01' },
      body: JSON.stringify({
        model: 'claude-sonnet-5-5',
        max_tokens: 200,
        stream,
        messages: [{ role: 'user', content: 'Tell me something.' }],
        customer_credentials: { anthropic: { api_key: 'sk-ant-durability' } },
      }),
    });
    const text = await response.text();
    const whole = stream ? text.includes('message_stop') : text.endsWith('}');
    return response.ok && whole ? (response.headers.get('x-respan-log-id') ?? undefined) : undefined;
  } catch {
    return undefined;
  }
}

/** Calls from many clients until told to stop. @returns the ids of the calls that were answered whole */
export function load(url: string, clients: number): { answered: string[]; stop(): Promise<void> } {
  const answered: string[] = [];
  let stopped = false;
  const running = Array.from({ length: clients }, async (_, index) => {
    while (!stopped) {
      const id = await call(url, index % 2 === 0);
      if (id) answered.push(id);
      else await new Promise((done) => setTimeout(done, 20));
    }
  });
  return {
    answered,
    async stop() {
      stopped = true;
      await Promise.all(running);
    },
  };
}

async function logs(server: TestServer): Promise<Map<string, string>> {
  const client = await openDatabase(server.dataDir);
  // Both at one moment: logs may still be on their way.
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
  const { rows } = await client.query<{ id: string; status: string }>('SELECT "id", "status" FROM "RequestLog"');
  const counted = await client.query<{ n: string }>(
    `SELECT coalesce(sum("requests"), 0) AS n FROM "Rollup" WHERE "granularity" = 'hour'`,
  );
  await client.end();
  expect(Number(counted.rows[0]?.n), 'rollups count what the rows are').toBe(rows.length);
  expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
  return new Map(rows.map((row) => [row.id, row.status]));
}

export async function expectEveryAnswerLogged(server: TestServer, answered: readonly string[]): Promise<void> {
  await expect
    .poll(
      async () => {
        const found = await logs(server);
        return answered.filter((id) => found.get(id) !== 'success').length;
      },
      { timeout: 20_000 },
    )
    .toBe(0);
}
