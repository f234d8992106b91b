import type { Readable } from 'node:stream';

/** The two ends of a call as the core sees them, so that it does not depend on a server. */

export type IncomingHttpHeaders = Readonly<Record<string, string | string[] | undefined>>;

export interface Inbound {
  readonly method: string;
  /** Path and query as they came. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn, as they came over the wire. */
  readonly rawHeaders: readonly string[];
  /**
   * Reads the whole body.
   * @throws GatewayError too_large past the limit; the rest is drained so that the answer can be read
   */
  readBody(limitBytes: number): Promise<Buffer>;
  /**
   * The body as it comes, for what is too large to hold. Fails with too_large past the limit.
   * @throws GatewayError too_large where its length is announced
   */
  openBody(limitBytes: number): Readable;
}

/** Name and value pairs; a name may stand more than once. */
export type HeaderPairs = readonly (readonly [string, string])[];

export interface Outbound {
  /** Whether the head was sent. */
  readonly started: boolean;
  start(status: number, headers: HeaderPairs): void;
  /** @returns false when the client reads more slowly than the provider sends; `onDrain` tells when to go on */
  write(chunk: Buffer | string): boolean;
  end(chunk?: Buffer | string): void;
  /** Breaks the connection: the end of an answer that can't say it failed. */
  destroy(): void;
  onDrain(resume: () => void): void;
  /** Called once if the client leaves before the answer is complete. */
  onAbandoned(callback: () => void): void;
}
