import type { GatewayError } from '../errors';
import type { Exchange } from '../exchange';
import type { IncomingHttpHeaders, Outbound } from '../http/message';

/** How a provider's answer reaches the caller. One is made for each call; the head is given to it once. */
export interface Delivery {
  head(status: number, headers: IncomingHttpHeaders): void;
  /** @returns false to pause the provider until the caller has read on */
  chunk(bytes: Buffer): boolean;
  end(): void;
  /** The provider's connection broke after its head. */
  fail(error: GatewayError): void;
}

export interface DeliveryContext {
  readonly exchange: Exchange;
  readonly outbound: Outbound;
  /** Writes the log. Called before the caller can see the end of its answer, so that no answered call lacks one. */
  settle(): void;
}

export function isEventStream(headers: IncomingHttpHeaders): boolean {
  return String(headers['content-type'] ?? '').startsWith('text/event-stream');
}

export function isJson(headers: IncomingHttpHeaders): boolean {
  return /^application\/json\b/.test(String(headers['content-type'] ?? ''));
}

export function contentEncoding(headers: IncomingHttpHeaders): string | undefined {
  const encoding = headers['content-encoding'];
  return typeof encoding === 'string' && encoding !== 'identity' ? encoding : undefined;
}

/** What the gateway added, and what the provider took until its head came. */
export function timingHeader(exchange: Exchange): [string, string] {
  exchange.mark('provider');
  return ['server-timing', exchange.serverTiming()];
}

/** The error that ended a stream, where it is the gateway that broke it off: what a provider's connection failed of says less. */
export function ownFailure(error: GatewayError): GatewayError | undefined {
  return error.blame === 'limit' ? error : undefined;
}
