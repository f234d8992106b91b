import type { GatewayError } from '../errors';
import type { Exchange } from '../exchange';
import { clientHeaders, identityHeaders } from '../http/headers';
import type { IncomingHttpHeaders } from '../http/message';
import type { Meter, Provider } from '../providers/provider';
import { decodeContent } from '../stream/decode';
import { SseFrames } from '../stream/sse-frames';
import {
  contentEncoding,
  type Delivery,
  type DeliveryContext,
  isEventStream,
  isJson,
  ownFailure,
  timingHeader,
} from './delivery';

type Rewrite = (answer: Buffer) => { readonly answer: Buffer; readonly alteration: string } | null;

/** The provider's bytes as they are, but for what `rewrite` changes in a good JSON answer; accounting reads beside them. */
export function passThrough(context: DeliveryContext, provider: Provider, rewrite: Rewrite = () => null): Delivery {
  let active: Delivery | null = null;
  return {
    head(status, headers) {
      const { exchange } = context;
      exchange.statusCode = status;
      exchange.responseHeaders = headers;
      exchange.meter = provider.createMeter();
      const encoded = contentEncoding(headers);
      if (isEventStream(headers))
        active = encoded
          ? encodedStream(context, exchange.meter, encoded)
          : eventStream(context, exchange.meter, provider);
      else if (isJson(headers)) active = wholeJson(context, exchange.meter, encoded, rewrite);
      else active = opaque(context);
      active.head(status, headers);
    },
    chunk: (bytes) => active?.chunk(bytes) ?? true,
    end: () => active?.end(),
    fail: (error) => active?.fail(error),
  };
}

function startAnswer(
  { exchange, outbound }: DeliveryContext,
  status: number,
  headers: IncomingHttpHeaders,
  keepLength: boolean,
): void {
  outbound.start(status, [
    ...clientHeaders(headers, keepLength),
    ...identityHeaders(exchange.id),
    timingHeader(exchange),
  ]);
}

/** Server-sent events: each chunk is sent on when it comes, after the meter has seen its frames. */
function eventStream(context: DeliveryContext, meter: Meter, provider: Provider): Delivery {
  const { exchange, outbound } = context;
  const frames = new SseFrames();
  const broken = (message: string, type?: string) =>
    `${frames.midFrame ? '\n\n' : ''}${provider.streamError(message, exchange.endpoint, type)}`;
  return {
    head: (status, headers) => startAnswer(context, status, headers, false),
    chunk(bytes) {
      exchange.capture(bytes);
      for (const frame of frames.push(bytes)) meter.frame(frame);
      if (exchange.firstContentMs === null && meter.contentBegan) exchange.firstContentMs = exchange.elapsedMs();
      if (meter.ended) context.settle();
      return outbound.write(bytes);
    },
    end() {
      meter.closed();
      const cutShort = !meter.ended;
      context.settle();
      // A stream that was cut must not look finished.
      if (cutShort) outbound.write(broken("The provider's stream ended early."));
      outbound.end();
    },
    fail(error) {
      if (!meter.ended) exchange.error = error;
      context.settle();
      if (exchange.error) outbound.write(broken(error.message, ownFailure(error)?.type));
      outbound.end();
    },
  };
}

/** Compressed events: bytes pass as they come, and are read when they are all there. */
function encodedStream(context: DeliveryContext, meter: Meter, encoding: string): Delivery {
  const { exchange, outbound } = context;
  const read = () => {
    const plain = decodeContent(exchange.answer(), encoding);
    if (!plain)
      exchange.warnings.push(
        `The answer was compressed as ${encoding}, which could not be read: tokens and cost are unknown.`,
      );
    else for (const frame of new SseFrames().push(plain)) meter.frame(frame);
  };
  return {
    head: (status, headers) => startAnswer(context, status, headers, false),
    chunk(bytes) {
      exchange.firstContentMs ??= exchange.elapsedMs();
      exchange.capture(bytes);
      return outbound.write(bytes);
    },
    end() {
      read();
      meter.closed();
      context.settle();
      outbound.end();
    },
    fail(error) {
      read();
      exchange.error = error;
      context.settle();
      // An error event can't be put into a compressed stream; a broken connection is the only honest end.
      outbound.destroy();
    },
  };
}

/** JSON is of no use to a client until it is whole, so it is held: the log is written before the answer is sent. */
function wholeJson(context: DeliveryContext, meter: Meter, encoding: string | undefined, rewrite: Rewrite): Delivery {
  const { exchange, outbound } = context;
  const held: Buffer[] = [];
  return {
    head() {},
    chunk(bytes) {
      held.push(bytes);
      exchange.capture(bytes);
      return true;
    },
    end() {
      const body = held.length === 1 && held[0] ? held[0] : Buffer.concat(held);
      const plain = decodeContent(body, encoding);
      if (plain) meter.json(plain);
      else
        exchange.warnings.push(
          `The answer was compressed as ${encoding}, which could not be read: tokens and cost are unknown.`,
        );
      const rewritten = plain && exchange.statusCode < 400 ? rewrite(plain) : null;
      if (rewritten) exchange.alterations.push(rewritten.alteration);
      context.settle();
      const changed = rewritten?.answer ?? (plain && withoutOurKey(exchange, plain));
      if (changed) {
        const { 'content-encoding': _, 'content-length': __, ...headers } = exchange.responseHeaders;
        startAnswer(context, exchange.statusCode, headers, false);
        return outbound.end(changed);
      }
      startAnswer(context, exchange.statusCode, exchange.responseHeaders, true);
      outbound.end(body);
    },
    fail(error) {
      throw error;
    },
  };
}

/**
 * Some providers quote the key in an error. The caller may see one that it brought, but not the organization's or ours: that
 * error is the one answer whose bytes are changed.
 */
function withoutOurKey({ statusCode, target }: Exchange, body: Buffer): Buffer | null {
  const credential = target?.credential;
  if (statusCode < 400 || !credential || credential.source === 'override' || credential.source === 'customer')
    return null;
  if (!body.includes(credential.secret)) return null;
  return Buffer.from(body.toString('utf8').replaceAll(credential.secret, '[credential]'));
}

/** Files, JSON lines and the rest: sent on as they come. */
function opaque(context: DeliveryContext): Delivery {
  const { exchange, outbound } = context;
  exchange.meter = null;
  return {
    head: (status, headers) => startAnswer(context, status, headers, true),
    chunk: (bytes) => outbound.write(bytes),
    end() {
      context.settle();
      outbound.end();
    },
    fail(error: GatewayError) {
      exchange.error = error;
      context.settle();
      outbound.destroy();
    },
  };
}
