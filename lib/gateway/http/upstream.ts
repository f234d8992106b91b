import type { Readable } from 'node:stream';
import { Agent, type Dispatcher } from 'undici';
import { GatewayError } from '../errors';
import type { IncomingHttpHeaders } from './message';
import { type Lookup, publicConnector } from './public-addresses';

export interface UpstreamRequest {
  readonly baseUrl: string;
  /** The base URL was typed by a person: it is called only if its address is public. */
  readonly guarded: boolean;
  /** Path and query behind the base URL's own path. */
  readonly path: string;
  readonly method: string;
  /** Names and values in turn. */
  readonly headers: string[];
  /** A stream is read as fast as the provider takes it. */
  readonly body: Buffer | Readable | null;
}

/** What the answer does, in order: head, chunks, then end or fail. After `abort` nothing more is called but fail. */
export interface UpstreamEvents {
  head(status: number, headers: IncomingHttpHeaders): void;
  /** @returns false to pause until `resume` */
  chunk(bytes: Buffer): boolean;
  end(): void;
  fail(error: GatewayError): void;
}

export interface UpstreamCall {
  abort(): void;
  resume(): void;
}

export interface Upstream {
  call(request: UpstreamRequest, events: UpstreamEvents): UpstreamCall;
  close(): Promise<void>;
}

export interface UpstreamTimeouts {
  readonly connectMs: number;
  /** From the request being sent to the first byte of the answer. */
  readonly firstByteMs: number;
  /** Between two chunks. */
  readonly idleMs: number;
  /** For one attempt in all, from its first byte sent to the last one received. */
  readonly totalMs: number;
}

export interface UpstreamOptions {
  /** Lets base URLs that people typed lead into this server's own network. */
  readonly allowPrivate?: boolean;
  /** In place of the system's name servers. */
  readonly lookup?: Lookup;
}

/**
 * Connections to providers: undici's lowest level, because the global fetch and web streams cost nine times as much.
 * Redirects are answers like any other: they are not followed.
 */
export function createUpstream(timeouts: UpstreamTimeouts, options: UpstreamOptions = {}): Upstream {
  const connect = { timeout: timeouts.connectMs };
  const limits = {
    connections: 4096,
    pipelining: 1,
    headersTimeout: timeouts.firstByteMs,
    bodyTimeout: timeouts.idleMs,
  };
  const open = new Agent({ ...limits, connect });
  const guarded = options.allowPrivate
    ? open
    : new Agent({ ...limits, connect: publicConnector(connect, options.lookup) });
  return {
    call(request, events) {
      const base = new URL(request.baseUrl);
      const prefix = base.pathname === '/' ? '' : base.pathname;
      let controller: Dispatcher.DispatchController | null = null;
      let stopped: Error | null = null;
      const stop = (reason: Error) => {
        stopped = reason;
        controller?.abort(reason);
      };
      const overdue = setTimeout(() => stop(tooLong()), timeouts.totalMs).unref();
      (request.guarded ? guarded : open).dispatch(
        {
          origin: base.origin,
          path: `${prefix}${request.path}`,
          method: request.method,
          headers: request.headers,
          body: request.body,
        },
        {
          onRequestStart(started) {
            controller = started;
            if (stopped) started.abort(stopped);
          },
          onResponseStart(_, status, headers) {
            // Informational answers (103 and the like) come before the real one.
            if (status >= 200) events.head(status, headers);
          },
          onResponseData(current, bytes) {
            if (!events.chunk(bytes)) current.pause();
          },
          onResponseEnd() {
            clearTimeout(overdue);
            events.end();
          },
          onResponseError(_, error) {
            clearTimeout(overdue);
            events.fail(describe(error));
          },
        },
      );
      return {
        abort: () => stop(new Error('aborted')),
        resume() {
          controller?.resume();
        },
      };
    },
    async close() {
      await open.destroy();
      if (guarded !== open) await guarded.destroy();
    },
  };
}

function tooLong(): GatewayError {
  return new GatewayError('provider_timeout', 'The provider did not finish its answer in time.');
}

/** Words for a failed connection. The cause goes to the report; the message names no address. */
function describe(error: Error): GatewayError {
  // The caller's own upload failed, or the time was up.
  if (error instanceof GatewayError) return error;
  const code = 'code' in error ? String(error.code) : '';
  const options = { cause: error };
  if (code === 'ERR_ADDRESS_REFUSED')
    return new GatewayError(
      'address_refused',
      "The provider's base URL leads to a private address, and this installation calls public ones only.",
      options,
    );
  if (code === 'UND_ERR_HEADERS_TIMEOUT')
    return new GatewayError('provider_timeout', 'The provider did not begin to answer in time.', options);
  if (code === 'UND_ERR_BODY_TIMEOUT')
    return new GatewayError('provider_timeout', 'The provider stopped sending in the middle of its answer.', options);
  if (code === 'UND_ERR_CONNECT_TIMEOUT')
    return new GatewayError('provider_timeout', 'The provider could not be reached in time.', options);
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EHOSTUNREACH') {
    return new GatewayError('provider_unreachable', `The provider could not be reached (${code}).`, options);
  }
  return new GatewayError('provider_broke', 'The connection to the provider broke.', options);
}
