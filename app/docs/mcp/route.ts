// The older address of the documentation's MCP server.
export { DELETE, GET, POST } from '@/app/mcp/docs/route';
