import { expect, test } from 'vitest';
import { claudeCodeCommand, cursorLink, docsMcp, mcpServersJson, vsCodeLink } from './mcp';

const server = docsMcp('https://gate.example.com');
const url = 'https://gate.example.com/mcp/docs';

test('each editor is told the same name and address', () => {
  expect(JSON.parse(mcpServersJson(server))).toEqual({ mcpServers: { 'respan-docs': { url } } });
  expect(claudeCodeCommand(server)).toBe(`claude mcp add --transport http respan-docs ${url}`);
  const cursor = new URL(cursorLink(server));
  expect(cursor.searchParams.get('name')).toBe('respan-docs');
  expect(JSON.parse(atob(cursor.searchParams.get('config') ?? ''))).toEqual({ url });
  const [, config] = vsCodeLink(server).split('?');
  expect(JSON.parse(decodeURIComponent(config ?? ''))).toEqual({ name: 'respan-docs', type: 'http', url });
});
