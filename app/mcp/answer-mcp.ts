import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';

/** Far more than any call of a tool needs. */
const MAX_REQUEST_BYTES = 64 * 1024;

/** Answers one request of the Model Context Protocol. Without sessions: each has a server of its own, and nothing is kept. */
export async function answerMcp(request: Request, server: () => Promise<McpServer>): Promise<Response> {
  try {
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: undefined,
      enableJsonResponse: true,
      maxRequestBodySize: MAX_REQUEST_BYTES,
    });
    const answering = await server();
    await answering.connect(transport);
    const response = await transport.handleRequest(request);
    for (const [name, value] of Object.entries(NO_STORE)) response.headers.set(name, value);
    return response;
  } catch (error) {
    console.error('An MCP request failed:', error);
    return rpcError(500, -32603, 'Internal server error');
  }
}

/** There is no stream to listen to. */
export function refuseStream(): Response {
  const message = 'SSE streams not supported in stateless mode. Use POST for tool calls.';
  return rpcError(405, -32000, message, { allow: 'POST' });
}

/** There is no session to end. */
export function refuseSessionEnd(): Response {
  return rpcError(405, -32000, 'Session management not supported in stateless mode.', { allow: 'POST' });
}

export function rpcError(
  status: number,
  code: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const body = { jsonrpc: '2.0', error: { code, message }, id: null };
  return Response.json(body, { status, headers: { ...NO_STORE, ...headers } });
}

const NO_STORE = { 'cache-control': 'no-store, no-cache, must-revalidate' };
