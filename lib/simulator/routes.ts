import type { IncomingMessage, ServerResponse } from 'node:http';
import { authenticate, type Client } from './auth';
import { decodeBody, parseJson, readBody } from './body';
import { ApiError, notFound } from './errors';
import type { Exchange } from './exchange';
import { uuidOf } from './ids';
import { countPrompt } from './messages';
import { describeModel, listModels } from './models';
import { serveMessage } from './serve-message';
import { acceptCount } from './validate/request';

interface Call extends Exchange {
  readonly client: Client;
  readonly query: URLSearchParams;
  /** The id in the path, empty where there is none. */
  readonly id: string;
  /** Where the client reached the simulator. */
  readonly baseUrl: string;
  /** @throws ApiError 400 or 413 */
  json(): Promise<unknown>;
}

type Route = readonly [method: string, path: RegExp, handle: (call: Call) => unknown];

/** What a handler returns is sent as JSON; undefined when it has answered itself. */
const ROUTES: readonly Route[] = [
  ['POST', /^\/v1\/messages$/, async (call) => serveMessage(call, await call.json(), call.client)],
  ['POST', /^\/v1\/messages\/count_tokens$/, async (call) => countPrompt(acceptCount(await call.json(), call.client))],
  ['GET', /^\/v1\/models$/, ({ query }) => listModels(query)],
  ['GET', /^\/v1\/models\/([^/]+)$/, ({ id }) => describeModel(id)],
  [
    'POST',
    /^\/v1\/messages\/batches$/,
    async ({ batches, client, baseUrl, json }) => batches.create(await json(), client, baseUrl),
  ],
  ['GET', /^\/v1\/messages\/batches$/, ({ batches, query, client, baseUrl }) => batches.list(query, client, baseUrl)],
  ['GET', /^\/v1\/messages\/batches\/([^/]+)$/, ({ batches, id, client, baseUrl }) => batches.get(id, client, baseUrl)],
  ['DELETE', /^\/v1\/messages\/batches\/([^/]+)$/, ({ batches, id, client }) => batches.remove(id, client)],
  [
    'POST',
    /^\/v1\/messages\/batches\/([^/]+)\/cancel$/,
    ({ batches, id, client, baseUrl }) => batches.cancel(id, client, baseUrl),
  ],
  [
    'GET',
    /^\/v1\/messages\/batches\/([^/]+)\/results$/,
    ({ batches, id, client, response }) => {
      response.writeHead(200, { 'content-type': 'application/x-jsonl' }).end(batches.results(id, client));
    },
  ],
];

const MAX_BODY_BYTES = 32 * 2 ** 20;
const MAX_BATCH_BODY_BYTES = 256 * 2 ** 20;

/** Answers one request. @throws ApiError for everything that is answered with an error. */
export async function route(exchange: Exchange): Promise<void> {
  const { request, response, recorder } = exchange;
  const method = request.method ?? 'GET';
  const [rawPath = '/', query = ''] = (request.url ?? '/').split('?', 2);
  const path = rawPath.replace(/(?<=.)\/$/, '');
  const limitBytes = path === '/v1/messages/batches' ? MAX_BATCH_BODY_BYTES : MAX_BODY_BYTES;
  const body = await readBody(request, limitBytes);
  recorder.add({ method, path: request.url ?? '/', headers: request.headers, body });
  if (isProbe(method, path)) return sendJson(response, { message: 'hello' });
  const candidates = ROUTES.filter(([, pattern]) => pattern.test(path));
  const client = path.startsWith('/v1/') ? identify(request, response) : null;
  const found = candidates.find(([expected]) => expected === method);
  if (!client || !found) throw candidates.length > 0 ? methodNotAllowed() : notFound('Not found');
  const [, pattern, handle] = found;
  const result = await handle({
    ...exchange,
    client,
    query: new URLSearchParams(query),
    id: pattern.exec(path)?.[1] ?? '',
    baseUrl: `http://${request.headers.host ?? 'localhost'}`,
    json: async () => parseJson(await decodeBody(body, request.headers['content-encoding'], limitBytes)),
  });
  if (result !== undefined) sendJson(response, result);
}

function identify(request: IncomingMessage, response: ServerResponse): Client {
  const client = authenticate(request.headers);
  response.setHeader('anthropic-organization-id', uuidOf(`organization ${client.key}`));
  response.setHeader('anthropic-workspace-id', `wrkspc_01${uuidOf(client.key).replaceAll('-', '').slice(0, 22)}`);
  return client;
}

/** What Claude Code asks before its first turn. */
function isProbe(method: string, path: string): boolean {
  if (path === '/api/hello') return method === 'HEAD' || method === 'GET';
  return path === '/' && method === 'HEAD';
}

function methodNotAllowed(): ApiError {
  return new ApiError(405, 'invalid_request_error', 'Method Not Allowed');
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}
