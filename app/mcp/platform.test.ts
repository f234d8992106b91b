import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KEY, type LogApi, OTHER_KEY, openLogApi } from '@/app/api/request-logs/testing';
import { DELETE, GET, POST } from './route';

let api: LogApi;
let logId = '';
beforeAll(async () => {
  api = await openLogApi();
  [logId = ''] = await api.write({ customerIdentifier: 'customer_1', model: 'claude-sonnet-5-5' });
}, 60_000);
afterAll(() => api.drop());

/** Calls a tool as the official client does. */
async function call(
  name: string,
  given: Record<string, unknown> = {},
  key = KEY,
  headers: Record<string, string> = {},
) {
  const client = new Client({ name: 'test', version: '1' });
  const transport = new StreamableHTTPClientTransport(new URL('http://x.test/mcp'), {
    requestInit: { headers: { authorization: `Bearer ${key}`, ...headers } },
    fetch: async (url, init) => {
      if (init?.method === 'GET') return GET();
      return POST(new Request(url, init));
    },
  });
  await client.connect(transport);
  const { tools } = await client.listTools();
  const { content, isError = false } = await client.callTool({ name, arguments: given });
  await client.close();
  const text = Array.isArray(content) ? String(content[0]?.text) : '';
  return { isError, text, tools: tools.map((tool) => tool.name), json: () => JSON.parse(text) };
}

describe('the platform MCP server', () => {
  test('lists logs with the documented fields', async () => {
    const { json, tools } = await call('list_logs');
    expect(tools).toEqual([
      'list_logs',
      'get_log_detail',
      'get_spans_summary',
      'list_customers',
      'get_customer_detail',
    ]);
    const { results, count } = json();
    expect(count).toBe(1);
    expect(results[0]).toMatchObject({
      unique_id: logId,
      model: 'claude-sonnet-5-5',
      customer_identifier: 'customer_1',
    });
    expect(results[0]).not.toHaveProperty('prompt_messages');
  });

  test('filters, and says which filter is wrong', async () => {
    const filter = (value: string) => ({ filters: [{ field: 'model', operator: '', value: [value] }] });
    expect((await call('list_logs', filter('claude-sonnet-5-5'))).json().count).toBe(1);
    expect((await call('list_logs', filter('another'))).json().count).toBe(0);
    expect((await call('get_spans_summary', filter('claude-sonnet-5-5'))).json().number_of_requests).toBe(1);
    const wrong = await call('list_logs', { filters: [{ field: 'cost', operator: 'contains', value: ['x'] }] });
    expect(wrong).toMatchObject({ isError: true, text: expect.stringContaining('cost') });
  });

  test('answers a log and a customer whole', async () => {
    expect((await call('get_log_detail', { log_id: logId })).json()).toMatchObject({ id: logId });
    expect((await call('list_customers')).json().results).toMatchObject([{ customer_identifier: 'customer_1' }]);
    expect((await call('get_customer_detail', { customer_identifier: 'customer_1' })).json()).toMatchObject({
      total_requests: 1,
    });
  });

  test('another organization finds none of it', async () => {
    expect((await call('list_logs', {}, OTHER_KEY)).json()).toMatchObject({ count: 0, results: [] });
    expect((await call('get_spans_summary', {}, OTHER_KEY)).json().number_of_requests).toBe(0);
    expect((await call('list_customers', {}, OTHER_KEY)).json()).toMatchObject({ count: 0, results: [] });
    for (const [name, given] of [
      ['get_log_detail', { log_id: logId }],
      ['get_customer_detail', { customer_identifier: 'customer_1' }],
    ] as const)
      expect(await call(name, given, OTHER_KEY)).toMatchObject({
        isError: true,
        text: expect.stringMatching(/not found$/),
      });
  });

  test('only the tools that are asked for', async () => {
    const { tools, isError } = await call('get_log_detail', { log_id: logId }, KEY, {
      'respan-enabled-tools': 'list_logs, list_customers',
    });
    expect(tools).toEqual(['list_logs', 'list_customers']);
    expect(isError).toBe(true);
  });

  test('refuses a page that is too large, and who has no key', async () => {
    expect((await call('list_logs', { page_size: 51 })).isError).toBe(true);
    for (const headers of [
      new Headers(),
      new Headers({ authorization: 'Bearer nobody00.0123456789abcdefghijABCDEFGHIJ12' }),
    ]) {
      const response = await POST(new Request('http://x.test/mcp', { method: 'POST', headers, body: '{}' }));
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
      expect(await response.json()).toMatchObject({ jsonrpc: '2.0', error: { code: -32001 }, id: null });
    }
    expect([GET().status, DELETE().status]).toEqual([405, 405]);
  });
});
