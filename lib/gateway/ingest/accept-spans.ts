import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { z } from 'zod';
import { GatewayError } from '../errors';
import type { Exchange } from '../exchange';
import type { Gateway } from '../gateway';
import type { Inbound, Outbound } from '../http/message';
import { contextOf, parseJson, store } from './accept-log';
import { decodeTraceRequest } from './otlp/protobuf';
import { type ReadSpans, readSpans, type Span } from './otlp/spans';
import { isAboutAi, toLog } from './otlp/to-log';
import { parseLog } from './parse-log';

const SPANS_A_TURN = 20;
const PROTOBUF = 'application/x-protobuf';

/**
 * `POST /api/v2/traces`, OTLP over HTTP in JSON or protobuf: spans that tell of models, agents and tools become logs.
 * Others are accepted and not stored, which the answer says as OTLP's warning.
 */
export async function acceptSpans(
  exchange: Exchange,
  inbound: Inbound,
  outbound: Outbound,
  gateway: Gateway,
): Promise<void> {
  exchange.settled = true;
  const isProtobuf = String(inbound.headers['content-type']).toLowerCase().startsWith(PROTOBUF);
  const body = await uncompressed(await inbound.readBody(gateway.config.maxLogBytes), inbound, gateway);
  const { spans, rejected } = read(body, isProtobuf);
  const relevant = spans.filter(isAboutAi);
  const problems: string[] = rejected > 0 ? [`${rejected} are no spans.`] : [];
  let refused = rejected;
  for (const [index, span] of relevant.entries()) {
    if (index > 0 && index % SPANS_A_TURN === 0) await new Promise((resume) => setImmediate(resume));
    const problem = accept(span, exchange, gateway);
    if (problem === null) continue;
    refused += 1;
    if (problems.length < 5) problems.push(problem);
  }
  const passed = spans.length - relevant.length;
  if (passed > 0) problems.push(`${passed} spans tell of no model, agent or tool, and were not stored.`);
  answer(outbound, isProtobuf, refused, problems.join(' '));
}

/** @returns what is wrong with the span, null where it is stored */
function accept(span: Span, exchange: Exchange, gateway: Gateway): string | null {
  const parsed = parseLog(toLog(span), contextOf(exchange, gateway.ports.newId(), gateway));
  if (parsed.ok) store(parsed.record, gateway.ports);
  if (parsed.ok) return null;
  const [[field, [message = ''] = []] = ['span', []]] = Object.entries(parsed.errors);
  return `Span ${span.spanId}: ${field}: ${message}`;
}

async function uncompressed(body: Buffer, { headers }: Inbound, { config }: Gateway): Promise<Buffer> {
  if (headers['content-encoding'] !== 'gzip') return body;
  try {
    return await promisify(gunzip)(body, { maxOutputLength: config.maxLogBytes });
  } catch (cause) {
    if (cause instanceof RangeError)
      throw new GatewayError('too_large', `Send at most ${config.maxLogBytes} bytes of spans at once.`, { cause });
    throw new GatewayError('invalid_json', 'Invalid request format', { cause });
  }
}

function read(body: Buffer, isProtobuf: boolean): ReadSpans {
  try {
    return readSpans(isProtobuf ? decodeTraceRequest(body) : parseJson(body));
  } catch (cause) {
    if (cause instanceof z.ZodError || cause instanceof RangeError)
      throw new GatewayError('invalid_json', 'Invalid request format', { cause });
    throw cause;
  }
}

/** In the form that was asked in, as OTLP wants it. */
function answer(outbound: Outbound, isProtobuf: boolean, rejectedSpans: number, errorMessage: string): void {
  outbound.start(200, [['content-type', isProtobuf ? PROTOBUF : 'application/json']]);
  const partialSuccess = { ...(rejectedSpans > 0 ? { rejectedSpans } : {}), ...(errorMessage ? { errorMessage } : {}) };
  if (!isProtobuf) {
    outbound.end(JSON.stringify({ partialSuccess }));
    return;
  }
  const message = Buffer.from(errorMessage);
  const partial = Buffer.concat([
    ...(rejectedSpans > 0 ? [Buffer.from([0x08]), varint(rejectedSpans)] : []),
    ...(errorMessage ? [Buffer.from([0x12]), varint(message.length), message] : []),
  ]);
  outbound.end(
    partial.length > 0 ? Buffer.concat([Buffer.from([0x0a]), varint(partial.length), partial]) : Buffer.alloc(0),
  );
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) | 128);
  }
}
