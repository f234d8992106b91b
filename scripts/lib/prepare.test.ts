import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { SERVER_NODE_ARGS } from './prepare.mjs';

test('npm start runs the server as everything else does', async () => {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8'));
  expect(scripts.start).toBe(`node ${SERVER_NODE_ARGS.join(' ')} scripts/start.mjs`);
});
