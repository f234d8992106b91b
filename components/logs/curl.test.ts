import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { curlOf } from './curl';

const body = '{"text":"it\'s $HOME `id` \\\\ \\"x\\"\\n","n":1}';
const log = {
  endpoint: '/api/anthropic/v1/messages',
  payload: {
    request: body,
    response: null,
    requestHeaders: { 'anthropic-version': '2023-06-01', 'x-team': 'secret team' },
    responseHeaders: null,
    attempts: null,
  },
};

test('a shell sends exactly the body, with the key of whoever runs it', () => {
  const command = curlOf(log, body, 'https://respan.example');
  const script = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; }\n${command}`;
  const words = execFileSync('sh', ['-c', script], { env: { ...process.env, RESPAN_API_KEY: 'mine' } });
  expect(words.toString().split('\0').slice(0, -1)).toEqual([
    'https://respan.example/api/anthropic/v1/messages',
    '-H',
    'Authorization: Bearer mine',
    '-H',
    'content-type: application/json',
    '-H',
    'anthropic-version: 2023-06-01',
    '--data-binary',
    body,
  ]);
});
