import type { ServerResponse } from 'node:http';
import { sendMessage, streamMessage } from './answer-http';
import type { Client } from './auth';
import { ApiError, errorTypeOf } from './errors';
import type { Exchange } from './exchange';
import { faultsOfHeader, type StatusFault } from './faults';
import { prepareAnswer } from './messages';
import { acceptMessage } from './validate/request';

/** Answers `POST /v1/messages`, with what goes wrong on the way. @throws ApiError, AbortError */
export async function serveMessage(exchange: Exchange, body: unknown, client: Client): Promise<void> {
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
