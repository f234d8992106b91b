import { beforeEach, expect, test } from 'vitest';
import { provideEnv } from '@/lib/env';
import type { Lookup } from '@/lib/gateway/http/public-addresses';
import { checkedBaseUrl } from './base-url';

beforeEach(() => provideEnv({ ALLOW_PRIVATE_UPSTREAMS: '0' }));

const known: Record<string, string> = {
  'api.test': '8.8.8.8',
  'inside.test': '10.0.0.7',
  'metadata.google.internal': '169.254.169.254',
};
const lookup: Lookup = (name, _, callback) => {
  const address = known[name];
  if (address) callback(null, [{ address, family: 4 }]);
  else callback(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), []);
};

test.each([
  [' https://api.test/v1/ ', 'https://api.test/v1'],
  ['https://API.test', 'https://api.test'],
  ['https://api.test:8443/openai/v1/chat/completions', 'https://api.test:8443/openai/v1'],
  ['https://8.8.8.8/v1', 'https://8.8.8.8/v1'],
])('%j is saved as %s', async (typed, saved) => {
  expect(await checkedBaseUrl(typed, lookup)).toBe(saved);
});

test.each([
  ['', /not a URL/],
  ['api.test/v1', /not a URL/],
  ['ftp://api.test', /begins with https/],
  ['http://api.test/v1', /Begin with https/],
  ['https://me:secret@api.test/v1', /Leave user name and password out/],
  ['https://api.test/v1?key=1', /Leave out what follows/],
  ['https://nowhere.test/v1', /nowhere\.test is not known/],
  ['https://inside.test/v1', /inside\.test leads to a private address.*ALLOW_PRIVATE_UPSTREAMS=1/],
  ['https://metadata.google.internal/', /leads to a private address/],
  ['http://127.0.0.1:11434/v1', /leads to a private address/],
  ['https://[::1]/v1', /leads to a private address/],
  ['https://0x7f.1/v1', /127\.0\.0\.1 leads to a private address/],
])('%j is refused with the way out', async (typed, message) => {
  await expect(checkedBaseUrl(typed, lookup)).rejects.toMatchObject({
    code: 'invalid_input',
    fields: { baseUrl: expect.stringMatching(message) },
  });
});

test('an installation that allows it takes its own network, and plain http', async () => {
  provideEnv({ ALLOW_PRIVATE_UPSTREAMS: '1' });
  expect(await checkedBaseUrl('http://localhost:11434/v1/', lookup)).toBe('http://localhost:11434/v1');
});
