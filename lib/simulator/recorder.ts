import type { IncomingHttpHeaders } from 'node:http';

/** A request as it arrived, for tests that compare bytes. */
export interface RecordedRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Before any decoding. */
  readonly body: Buffer;
}

const MAX_BYTES = 64 * 2 ** 20;

/** The newest requests, bounded in number and in bytes. */
export class Recorder {
  readonly requests: RecordedRequest[] = [];
  private bytes = 0;

  constructor(private readonly limit: number) {}

  add(request: RecordedRequest): void {
    if (this.limit === 0) return;
    this.requests.push(request);
    this.bytes += request.body.length;
    while (this.requests.length > this.limit || (this.bytes > MAX_BYTES && this.requests.length > 1)) {
      this.bytes -= this.requests.shift()?.body.length ?? 0;
    }
  }
}
