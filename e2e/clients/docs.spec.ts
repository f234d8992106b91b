import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { expect, test } from '../support/gateway';

/** The documentation does what it says: its samples are run as they are shown, and its MCP server answers the official client. */

const run = promisify(execFile);
const PAGES = ['quickstart', 'anthropic', 'openai', 'sdks', 'byok', 'parameters', 'routing', 'logging', 'costs'];

test.describe.configure({ timeout: 180_000 });

test('every curl sample is answered', async ({ gateway }, info) => {
  // curl reads this file by itself, so that the samples stay as they are shown.
  await writeFile(info.outputPath('.curlrc'), 'fail-with-body\nsilent\nshow-error\n');
  const logId = await anyLog(gateway);
  const env = {
    ...process.env,
    CURL_HOME: info.outputPath(''),
    RESPAN_API_KEY: gateway.key,
    ANTHROPIC_API_KEY: 'sk-ant-api03-docs-0123456789abcdef',
    LOG_ID: logId,
  };
  let count = 0;
  for (const page of PAGES) {
    const samples = (await samplesOf(gateway.url, page, 'sh')).filter((sample) => sample.startsWith('curl '));
    for (const sample of samples) {
      const { stdout } = await run('sh', ['-c', sample], { env }).catch((error: { stdout: string; stderr: string }) => {
        throw new Error(`${page}: ${sample}\n${error.stdout}${error.stderr}`);
      });
      expect(stdout, sample).toMatch(/^(\{|event: message_start)/);
      count += 1;
    }
  }
  expect(count).toBeGreaterThan(14);
});

test('every TypeScript sample runs', async ({ gateway }, info) => {
  const env = { ...process.env, RESPAN_API_KEY: gateway.key };
  const samples = (await Promise.all(PAGES.map((page) => samplesOf(gateway.url, page, 'ts')))).flat();
  expect(samples.length).toBeGreaterThan(6);
  for (const [index, sample] of samples.entries()) {
    const file = info.outputPath(`sample-${index}.ts`);
    await writeFile(file, sample);
    const { stdout } = await run(process.execPath, ['--import', 'tsx', file], { env });
    expect(stdout.trim(), sample).not.toBe('');
  }
});

for (const path of ['/mcp/docs', '/docs/mcp', '/mcp/docs/']) {
  test(`the official MCP client reads the documentation at ${path}`, async ({ gateway }) => {
    const client = new Client({ name: 'e2e', version: '1' });
    const transport = new StreamableHTTPClientTransport(new URL(`${gateway.url}${path}`));
    await client.connect(transport);
    expect(transport.sessionId).toBeUndefined();
    expect(client.getServerVersion()).toMatchObject({ name: 'respan-docs', version: '1.0.0' });
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(['search_docs', 'get_page']);
    expect(tools[0]?.inputSchema).toMatchObject({
      required: ['query'],
      properties: { query: { type: 'string' }, max_results: { default: 10 } },
    });
    const found = await client.callTool({ name: 'search_docs', arguments: { query: 'retry fallback' } });
    expect(JSON.stringify(found.content)).toContain(`${gateway.url}/docs/routing`);
    const page = await client.callTool({ name: 'get_page', arguments: { page: 'routing' } });
    expect(JSON.stringify(page.content)).toContain('# Routing');
    const { resources } = await client.listResources();
    const { contents } = await client.readResource({ uri: String(resources[0]?.uri) });
    expect(contents[0]).toMatchObject({ mimeType: 'text/markdown', text: expect.stringContaining('# Quickstart') });
    await client.close();
  });
}

test('there is no stream and no session, and too much is refused', async ({ gateway }) => {
  const url = `${gateway.url}/mcp/docs`;
  const listened = await fetch(url, { headers: { accept: 'text/event-stream' } });
  expect(listened.status).toBe(405);
  expect(listened.headers.get('cache-control')).toContain('no-store');
  expect(await listened.json()).toEqual({
    jsonrpc: '2.0',
    error: { code: -32000, message: 'SSE streams not supported in stateless mode. Use POST for tool calls.' },
    id: null,
  });
  const ended = await fetch(url, { method: 'DELETE' });
  expect(ended.status).toBe(405);
  expect((await ended.json()).error.message).toBe('Session management not supported in stateless mode.');
  const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
  const post = (body: string) => fetch(url, { method: 'POST', headers, body });
  expect((await post('{')).status).toBe(400);
  expect((await post(`"${'x'.repeat(70_000)}"`)).status).toBe(413);
  const called = await post('{"jsonrpc": "2.0", "id": 7, "method": "tools/list"}');
  expect(called.headers.get('cache-control')).toContain('no-store');
  expect(await called.json()).toMatchObject({
    id: 7,
    result: { tools: [{ name: 'search_docs' }, { name: 'get_page' }] },
  });
});

/** The samples of a page in one language, as this installation shows them. */
async function samplesOf(url: string, page: string, language: 'sh' | 'ts'): Promise<string[]> {
  const markdown = await (await fetch(`${url}/docs/${page}.md`)).text();
  return [...markdown.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, code]) => code ?? '',
  );
}

async function anyLog(gateway: { url: string; key: string; log(id: string): Promise<unknown> }): Promise<string> {
  const response = await fetch(`${gateway.url}/api/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${gateway.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'claude-sonnet-5-5', messages: [{ role: 'user', content: 'Hello' }] }),
  });
  await response.text();
  const id = response.headers.get('x-respan-log-id') ?? '';
  await gateway.log(id);
  return id;
}
