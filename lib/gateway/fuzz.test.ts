import { Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FuzzRequest, fuzzRequest, Random, SUPPLIED_SECRET } from './test-fuzz';
import { MESSAGE } from './test-messages';
import { COMPLETION } from './test-openai';
import { type Answer, CALLER, credential, KEY, startGateway, startProvider, type TestGateway } from './testing';

/** Malformed requests of two organizations: each gets an answer, and neither learns of the other. */

const REQUESTS = 10_000;
const CONNECTIONS = 24;
const SECOND_KEY = 'wxyz9876.0123456789abcdefghijABCDEFGHIJ34';
const tenants = [
  { key: KEY, caller: CALLER, marker: 'tenant-one', secret: 'sk-integration-of-one-1111' },
  {
    key: SECOND_KEY,
    caller: { ...CALLER, organizationId: uuidv7() },
    marker: 'tenant-two',
    secret: 'sk-integration-of-two-2222',
  },
] as const;
const SECRETS = [SUPPLIED_SECRET, KEY, SECOND_KEY, ...tenants.map(({ secret }) => secret)];

let gateway: TestGateway;
let provider: Awaited<ReturnType<typeof startProvider>>;
/** Every record as it would be stored: one that can't be written must not come this far. */
const stored: { organizationId: string; json: string }[] = [];

beforeAll(async () => {
  provider = await startProvider((request, response) => {
    const asked = /tenant-(one|two)-\d+/.exec(request.body.toString())?.[0] ?? 'nothing';
    const json = request.url.includes('messages')
      ? JSON.stringify({ ...MESSAGE, content: [{ type: 'text', text: asked }] })
      : JSON.stringify(COMPLETION).replace('Hello there', asked);
    response.writeHead(200, { 'content-type': 'application/json' }).end(json);
  });
  gateway = await startGateway(provider.url, {
    findCaller: async (key) => tenants.find((tenant) => tenant.key === key)?.caller ?? null,
    integrationCredentials: async (organizationId, id) =>
      tenants
        .filter(({ caller }) => caller.organizationId === organizationId)
        .map(({ secret }) => credential({ provider: id, secret })),
    journal: {
      intend: () => {},
      settle: (record) => {
        const json = JSON.stringify(record, (_, value) => (typeof value === 'bigint' ? String(value) : value));
        stored.push({ organizationId: record.organizationId, json });
      },
    },
  });
});
afterAll(async () => {
  await gateway.close();
  await provider.close();
});

it(`${REQUESTS} malformed requests are answered in their own dialect, without a fault or a leak`, async () => {
  const random = new Random(20261122);
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  let made = 0;
  const work = async () => {
    while (made < REQUESTS) {
      const number = made++;
      const tenant = random.one(tenants);
      const request = fuzzRequest(random, tenant.key, `${tenant.marker}-${number}`);
      check(request, await send(request, agent), tenant.marker);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  agent.destroy();
  expect(gateway.reports).toEqual([]);
  expect(stored.length).toBeGreaterThan(REQUESTS / 2);
  for (const { organizationId, json } of stored) {
    const other = tenants.find(({ caller }) => caller.organizationId !== organizationId);
    if (json.includes(`${other?.marker}-`)) throw new Error(`A log holds what another organization sent: ${json}`);
    for (const secret of SECRETS) if (json.includes(secret)) throw new Error(`A log holds ${secret}: ${json}`);
  }
  // The provider gets its own credential, in a header. Uploads and batches are not read: what is in them is the caller's.
  const READ = /^\/v1\/messages(\/count_tokens)?(\?|$)|^\/(chat|responses|embeddings)/;
  for (const { url, body, headers } of provider.received) {
    if (READ.test(url) && body.includes(SUPPLIED_SECRET)) throw new Error(`The provider was sent a secret: ${body}`);
    if (JSON.stringify(headers).includes('.0123456789')) throw new Error('The provider was sent an API key of ours.');
  }
}, 120_000);

function check(request: FuzzRequest, answer: Answer, marker: string): void {
  const told = () =>
    `${request.method} ${request.path}\n${request.body.toString().slice(0, 1500)}\n${answer.status} ${answer.body}`;
  const text = answer.body.toString();
  if (answer.status < 200 || answer.status === 500 || answer.broken) throw new Error(`Not an answer: ${told()}`);
  const other = tenants.find((tenant) => tenant.marker !== marker);
  if (text.includes(`${other?.marker}-`)) throw new Error(`Another organization's answer: ${told()}`);
  for (const secret of SECRETS) if (text.includes(secret)) throw new Error(`The answer holds ${secret}: ${told()}`);
  if (answer.status < 400 || request.method === 'HEAD' || text === '') return;
  const body: unknown = JSON.parse(text);
  const shape = request.path.includes('anthropic')
    ? { type: 'error', error: { type: expect.any(String), message: expect.any(String) } }
    : request.path.includes('request-logs')
      ? { detail: expect.any(String) }
      : { error: { message: expect.any(String), type: expect.any(String) } };
  expect(body, told()).toMatchObject(shape);
}

function send({ method, path, headers, body }: FuzzRequest, agent: Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = { 'content-length': String(body.length) };
    const options = { method, agent, headers: { ...headers, ...length }, path };
    const request = httpRequest(gateway.url, options, (response) => {
      const chunks: Buffer[] = [];
      const done = (broken: boolean) =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks), broken });
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => done(false));
      response.on('error', () => done(true));
    });
    request.on('error', reject);
    request.end(body);
  });
}

const LINE = 'POST /api/anthropic/v1/messages HTTP/1.1\r\nHost: x\r\n';
const RAW = [
  `${LINE}x-api-key: ${KEY}\r\nContent-Length: 100\r\n\r\n{"model":`,
  `${LINE}x-api-key: ${KEY}\r\nContent-Length: 1\r\n\r\n{"model":"m"}`,
  `${LINE}x-api-key: ${KEY}\r\nContent-Length: -1\r\n\r\n{}`,
  `${LINE}x-api-key: ${KEY}\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
  `${LINE}x-api-key: ${KEY}\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}`,
  `${LINE}x-api-key: ${KEY}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`,
  `${LINE}x-api-key: ${KEY}\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}`,
  `${LINE}x-api-key: ${KEY}\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n`,
  `${LINE}x-api-key: ${KEY}\r\nTransfer-Encoding: gzip\r\n\r\n{}`,
  `${LINE}x-api-key: ${KEY}\r\nno colon\r\n\r\n`,
  `${LINE}x-api-key: ${KEY}\r\na: b\0c\r\n\r\n`,
  `${LINE}x-api-key: ${KEY}\r\nlong: ${'x'.repeat(40_000)}\r\n\r\n`,
  'POST constructor HTTP/1.1\r\nHost: x\r\n\r\n',
  'POST __proto__ HTTP/1.1\r\nHost: x\r\n\r\n',
  'CONNECT /api/anthropic/v1/x:1 HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET http://other.test/api/anthropic/v1/models HTTP/1.1\r\nHost: x\r\n\r\n',
  'BREW /api/anthropic/v1/x HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET /\r\n\r\n',
  `${LINE.replace('1.1', '9.9')}\r\n`,
  '\r\n\r\n\0\0\0\0',
  '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
];

it('what is not HTTP gets an error or a closed connection, and the next caller is served', async () => {
  const random = new Random(7);
  const cases = [...RAW];
  for (let number = 0; number < 200; number++) {
    const text = random.one(RAW);
    const at = random.below(Math.min(text.length, 400));
    cases.push(
      text.slice(0, at) + random.one(['', '\0', '\r\n', '\xff', ': ', ' ']) + text.slice(at + random.below(5)),
    );
  }
  const { port } = new URL(gateway.url);
  for (const text of cases) {
    const answer = await exchangeRaw(Number(port), text);
    expect(answer, text.slice(0, 500)).not.toMatch(/^HTTP\/1\.1 (500|1(?!00))/);
    if (answer !== '') expect(answer, text.slice(0, 500)).toMatch(/^HTTP\/1\.1 [1-5]\d\d /);
  }
  expect(gateway.reports).toEqual([]);
  const served = await send(
    {
      method: 'POST',
      path: '/api/anthropic/v1/messages',
      headers: { 'x-api-key': KEY },
      body: Buffer.from('{"model":"claude-sonnet-5-5","max_tokens":1,"messages":[]}'),
    },
    new Agent(),
  );
  expect(served.status).toBe(200);
}, 60_000);

/** Sends bytes, ends its side, and waits for the other side's end. */
function exchangeRaw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.end(Buffer.from(text, 'latin1')));
    socket.setTimeout(5000, () => reject(new Error(`The connection hangs after: ${text.slice(0, 500)}`)));
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer));
  });
}
