/** A server of the Model Context Protocol, as editors are told about it. */
export interface McpServer {
  readonly name: string;
  readonly url: string;
}

/** The documentation's. @param origin without a trailing slash */
export function docsMcp(origin: string): McpServer {
  return { name: 'respan-docs', url: `${origin}/mcp/docs` };
}

/** For the clients that read an `mcpServers` file. */
export function mcpServersJson({ name, url }: McpServer): string {
  return JSON.stringify({ mcpServers: { [name]: { url } } }, null, 2);
}

export function claudeCodeCommand({ name, url }: McpServer): string {
  return `claude mcp add --transport http ${name} ${url}`;
}

/** Opens Cursor, which asks before it adds the server. */
export function cursorLink({ name, url }: McpServer): string {
  const config = encodeURIComponent(btoa(JSON.stringify({ url })));
  return `cursor://anysphere.cursor-deeplink/mcp/install?name=${encodeURIComponent(name)}&config=${config}`;
}

/** Opens VS Code, which asks before it adds the server. */
export function vsCodeLink({ name, url }: McpServer): string {
  return `vscode:mcp/install?${encodeURIComponent(JSON.stringify({ name, type: 'http', url }))}`;
}
