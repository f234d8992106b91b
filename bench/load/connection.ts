import { connect, type Socket } from 'node:net';
import { nowUs } from '../support/clock';
import { HttpReader } from '../support/http-reader';
import { StampReader } from './stamps';

export interface Exchange {
  /** When the request was sent, or should have been. */
  readonly startUs: number;
  /** Null when the connection broke. */
  readonly status: number | null;
}

interface ConnectionEvents {
  delta(sentUs: number, isFirst: boolean, startUs: number): void;
  done(connection: Connection, exchange: Exchange): void;
}

/** All connections read through one buffer: nothing is kept, so that thousands of streams cost no garbage. */
const shared = Buffer.allocUnsafe(256 * 1024);

/** One kept-alive connection, with one request at a time on it. It is opened again when it breaks. */
export class Connection {
  readonly #port: number;
  readonly #request: Buffer;
  readonly #events: ConnectionEvents;
  #socket: Socket | null = null;
  #isBusy = false;
  #startUs = 0;
  #status = 0;
  #deltas = 0;

  constructor(port: number, request: Buffer, events: ConnectionEvents) {
    this.#port = port;
    this.#request = request;
    this.#events = events;
  }

  send(startUs = nowUs()): void {
    this.#isBusy = true;
    this.#startUs = startUs;
    this.#deltas = 0;
    this.#socket ??= this.#open();
    this.#socket.write(this.#request);
  }

  close(): void {
    this.#socket?.destroy();
  }

  #open(): Socket {
    const stamps = new StampReader((sentUs) => this.#events.delta(sentUs, this.#deltas++ === 0, this.#startUs));
    const reader = new HttpReader({
      head: (head) => {
        this.#status = Number(head.slice(9, 12));
      },
      body: (bytes, start, end) => stamps.push(bytes, start, end),
      end: () => this.#finish(this.#status),
    });
    const onread = {
      buffer: shared,
      callback: (length: number) => {
        reader.push(shared, length);
        return true;
      },
    };
    const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true, onread });
    socket.on('error', () => {});
    socket.on('close', () => {
      if (this.#socket === socket) this.#socket = null;
      this.#finish(null);
    });
    return socket;
  }

  #finish(status: number | null): void {
    if (!this.#isBusy) return;
    this.#isBusy = false;
    this.#events.done(this, { startUs: this.#startUs, status });
  }
}
