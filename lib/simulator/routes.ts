import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendMessage, streamMessage } from './answer-http';
import { authenticate, type Client } from './auth';
import { decodeBody, parseJson, readBody } from './body';
import { ApiError, errorTypeOf, notFound } from './errors';
import { faultsOfHeader, type StatusFault } from './faults';
import { uuidOf } from './ids';
import { countPrompt, type Memory, prepareAnswer } from './messages';
import { describeModel, listModels } from './models';
import type { PaceTimes } from './pace';
import type { Recorder } from './recorder';
import { acceptCount, acceptMessage } from './validate/request';

/** One request on its way, with what it needs of the simulator. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly signal: AbortSignal;
  readonly memory: Memory;
  readonly recorder: Recorder;
  readonly pace: PaceTimes;
}

const MAX_BODY_BYTES = 32 * 2 ** 20;

/** Answers one request. @throws ApiError for everything that is answered with an error. */
export async function route(exchange: Exchange): Promise<void> {
  const { request, response, recorder } = exchange;
  const method = request.method ?? 'GET';
  const [rawPath = '/', query = ''] = (request.url ?? '/').split('?', 2);
  const path = rawPath.replace(/(?<=.)\/$/, '');
  const body = await readBody(request, MAX_BODY_BYTES);
  recorder.add({ method, path: request.url ?? '/', headers: request.headers, body });
  if (isProbe(method, path)) return sendJson(response, { message: 'hello' });
  if (!path.startsWith('/v1/')) throw notFound('Not found');
  const client = authenticate(request.headers);
  response.setHeader('anthropic-organization-id', uuidOf(`organization ${client.key}`));
  response.setHeader('anthropic-workspace-id', `wrkspc_01${uuidOf(client.key).replaceAll('-', '').slice(0, 22)}`);
  const content = () => readJson(body, request);
  switch (`${method} ${path}`) {
    case 'POST /v1/messages':
      return messages(exchange, await content(), client);
    case 'POST /v1/messages/count_tokens':
      return sendJson(response, countPrompt(acceptCount(await content(), client)));
    case 'GET /v1/models':
      return sendJson(response, listModels(new URLSearchParams(query)));
  }
  const model = /^GET \/v1\/models\/([^/]+)$/.exec(`${method} ${path}`)?.[1];
  if (model !== undefined) return sendJson(response, describeModel(model));
  throw isKnownPath(path) ? methodNotAllowed() : notFound('Not found');
}

async function messages(exchange: Exchange, body: unknown, client: Client): Promise<void> {
  const { request, response, memory, pace, signal, requestId } = exchange;
  const accepted = acceptMessage(body, client);
  const headerFaults = faultsOfHeader(request.headers['x-simulator-fault']);
  const prepared = prepareAnswer(accepted, memory, { headerFaults, isBatch: false });
  const { faults } = prepared;
  for (const [name, value] of Object.entries(prepared.headers)) response.setHeader(name, value);
  if (faults.drop) return void response.socket?.destroy();
  if (faults.status) return fail(faults.status, response);
  const delivery = { response, pace, faults, signal, requestId, onFirstByte: prepared.commitCache };
  const send = accepted.request.stream === true ? streamMessage : sendMessage;
  return send(prepared.answer, delivery);
}

const MESSAGES: Record<number, string> = {
  429:
    "This request would exceed your organization's rate limit of 30,000 input tokens per minute. For details, refer " +
    'to: https://platform.claude.com/docs/en/api/rate-limits. You can see the response headers for current usage. ' +
    'Please reduce the prompt length or the maximum tokens requested, or try again later.',
  500: 'Internal server error',
  529: 'Overloaded',
};

function fail(fault: StatusFault, response: ServerResponse): void {
  const headers: Record<string, string> = fault.retryAfter === null ? {} : { 'retry-after': fault.retryAfter };
  if (fault.html) {
    response.writeHead(fault.status, { ...headers, 'content-type': 'text/html; charset=UTF-8' });
    response.end(`<html><head><title>${fault.status}</title></head><body><h1>Error ${fault.status}</h1></body></html>`);
    return;
  }
  const message = fault.message ?? MESSAGES[fault.status] ?? `Simulated error ${fault.status}`;
  const details = fault.errorCode === null ? undefined : { error_code: fault.errorCode };
  throw new ApiError(fault.status, errorTypeOf(fault.status), message, { headers, details });
}

async function readJson(body: Buffer, request: IncomingMessage): Promise<unknown> {
  return parseJson(await decodeBody(body, request.headers['content-encoding'], MAX_BODY_BYTES));
}

/** What Claude Code asks before its first turn. */
function isProbe(method: string, path: string): boolean {
  if (path === '/api/hello') return method === 'HEAD' || method === 'GET';
  return path === '/' && method === 'HEAD';
}

function isKnownPath(path: string): boolean {
  return (
    ['/v1/messages', '/v1/messages/count_tokens', '/v1/models'].includes(path) || /^\/v1\/models\/[^/]+$/.test(path)
  );
}

function methodNotAllowed(): ApiError {
  return new ApiError(405, 'invalid_request_error', 'Method Not Allowed');
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}
