import { GatewayError } from '../errors';
import type { SideCall, Target } from '../exchange';
import type { IncomingHttpHeaders } from '../http/message';
import { type ChatStream, type ChatWishes, NOTHING_READ, type Provider, type Reading } from '../providers/provider';
import { parseSseFrame, SseFrames } from '../stream/sse-frames';
import { breakdownChunk, wantsBreakdown } from './breakdown';
import { answerHeaders, chatContext, DONE, EVENT_STREAM, parseJson, sendCompletion } from './chat-answer';
import { type Delivery, type DeliveryContext, isEventStream, ownFailure } from './delivery';
import { translateChat } from './translate';

/** What the merged answer asks of the calls behind it. */
export interface ChoiceCalls {
  /** The answer is over because of this choice: the other calls are needless. */
  stopOthers(choice: number): void;
  /** Goes on with what was held back. */
  resume(): void;
}

/**
 * The answers of several calls at one target as the choices of one chat completion. Nothing is sent before all of them have
 * begun well: until then a failed one fails the whole call. A stream's chunks are sent in the order they come. The log keeps
 * what the caller got, and each call is billed.
 */
export class MergedChoices {
  readonly deliveries: readonly Delivery[];
  private readonly lanes: readonly Lane[];
  /** Set once all have begun, if they are streams. */
  private stream: ChatStream | null = null;
  private begun = false;
  private over = false;
  /** The one error that is the answer to all. */
  private refusal: Delivery | null = null;
  private givenUp = false;

  constructor(
    private readonly context: DeliveryContext,
    private readonly target: Target,
    private readonly wishes: ChatWishes,
    private readonly calls: ChoiceCalls,
  ) {
    this.lanes = Array.from({ length: wishes.choices }, () => new Lane(target.provider));
    this.deliveries = this.lanes.map((lane, choice) => ({
      head: (status, headers) => (status < 400 ? this.head(lane, status, headers) : this.refuse(status, headers)),
      chunk: (bytes) => this.refusal?.chunk(bytes) ?? this.chunk(lane, choice, bytes),
      end: () => (this.refusal ? this.refusal.end() : this.end(lane, choice)),
      fail: (error) => (this.refusal ? this.refusal.fail(error) : this.fail(lane, choice, error)),
    }));
  }

  /** These calls will not be the answer. What they used so far is owed all the same. */
  giveUp(): void {
    this.givenUp = true;
  }

  /** What each choice has told so far. */
  readings(): Reading[] {
    return this.lanes.map((lane) => this.read(lane));
  }

  private head(lane: Lane, status: number, headers: IncomingHttpHeaders): void {
    const { exchange } = this.context;
    lane.headers = headers;
    exchange.sideCalls = [...exchange.sideCalls, this.sideCall(lane)];
    if (this.lanes.some((one) => one.headers === null)) return;
    exchange.statusCode = status;
    exchange.responseHeaders = headers;
    this.begin(lane.isStream);
  }

  private refuse(status: number, headers: IncomingHttpHeaders): void {
    this.giveUp();
    this.refusal = translateChat(this.context, this.target.provider, this.wishes);
    this.refusal.head(status, headers);
  }

  private begin(streamed: boolean): void {
    if (this.lanes.some(({ isStream }) => isStream !== streamed))
      throw new GatewayError('provider_broke', 'The provider answered some choices as a stream and some as JSON.');
    this.begun = true;
    if (streamed) this.beginStream();
    else this.completeIfAll();
  }

  private beginStream(): void {
    this.stream = this.chat.createStream(chatContext(this.context, this.wishes));
    this.context.outbound.start(200, answerHeaders(this.context, EVENT_STREAM));
    for (const [choice, lane] of this.lanes.entries()) {
      this.relay(lane, choice, lane.held.splice(0));
      if (lane.ended) this.end(lane, choice);
    }
    // Not from inside the event of one connection: another's can't be read there.
    queueMicrotask(() => this.calls.resume());
  }

  private chunk(lane: Lane, choice: number, bytes: Buffer): boolean {
    if (this.over) return true;
    const frames = lane.read(bytes);
    if (this.stream) return this.relay(lane, choice, frames);
    lane.held.push(...frames);
    // JSON is of no use before it is whole.
    return this.begun || !lane.isStream;
  }

  private end(lane: Lane, choice: number): void {
    lane.end();
    if (this.stream) this.send(choice, this.stream.end(choice));
    else if (this.begun) this.completeIfAll();
  }

  private fail(lane: Lane, choice: number, error: GatewayError): void {
    // Nothing was sent yet: the call can still be refused as a whole.
    if (!this.stream) throw error;
    if (!lane.meter.ended && !this.over) this.context.exchange.error = error;
    this.send(choice, this.stream.end(choice, ownFailure(error)));
  }

  /** @returns false to pause this choice's call until the caller has read on */
  private relay(lane: Lane, choice: number, frames: readonly Buffer[]): boolean {
    const { stream } = this;
    const { exchange } = this.context;
    if (!stream) return true;
    const texts = frames.flatMap((frame) => {
      const event = parseSseFrame(frame);
      return event ? stream.push({ event: event.event, data: parseJson(event.data) }, choice) : [];
    });
    if (exchange.firstContentMs === null && lane.meter.contentBegan) exchange.firstContentMs = exchange.elapsedMs();
    return this.send(choice, texts);
  }

  private send(choice: number, texts: readonly string[]): boolean {
    const { context, stream } = this;
    const { exchange, outbound } = context;
    if (this.over || texts.length === 0) return true;
    exchange.capture(Buffer.from(texts.join('')));
    if (!stream?.over) return outbound.write(texts.join(''));
    this.over = true;
    if (this.lanes.some(({ meter }) => !meter.ended)) this.calls.stopOthers(choice);
    context.settle();
    const breakdown = wantsBreakdown(exchange) && texts.at(-1) === DONE ? breakdownChunk(exchange) : '';
    outbound.end([...texts.slice(0, -1), breakdown, ...texts.slice(-1)].join(''));
    return true;
  }

  private completeIfAll(): void {
    if (this.lanes.some(({ ended }) => !ended)) return;
    const { exchange } = this.context;
    const answers = this.lanes.map((lane) => parseJson(lane.body()));
    if (answers.some((answer) => answer === undefined))
      throw new GatewayError('provider_broke', "The provider's answer was not valid JSON.");
    const completion = this.chat.toCompletion(answers, chatContext(this.context, this.wishes));
    exchange.capture(Buffer.from(JSON.stringify(completion)));
    this.over = true;
    this.context.settle();
    sendCompletion(this.context, completion);
  }

  private get chat() {
    const { chat, name } = this.target.provider;
    if (!chat) throw new GatewayError('internal', `${name} needs no translation.`);
    return chat;
  }

  private read(lane: Lane): Reading {
    return lane.meter.reading(
      () => lane.body(),
      () => this.context.exchange.loggedRequest,
    );
  }

  private sideCall(lane: Lane): SideCall {
    const reading = (): Reading => {
      const read = this.read(lane);
      return this.givenUp ? { ...NOTHING_READ, usage: read.usage, model: read.model } : read;
    };
    return { target: this.target, note: null, reading };
  }
}

/** One choice's call: its bytes, and what was read of them. */
class Lane {
  readonly meter;
  headers: IncomingHttpHeaders | null = null;
  ended = false;
  /** Frames that came before the answer could begin. */
  readonly held: Buffer[] = [];
  private readonly bytes: Buffer[] = [];
  private readonly frames = new SseFrames();

  constructor(provider: Provider) {
    this.meter = provider.createMeter();
  }

  get isStream(): boolean {
    return this.headers !== null && isEventStream(this.headers);
  }

  /** @returns the frames that this piece of a stream completes */
  read(bytes: Buffer): Buffer[] {
    this.bytes.push(bytes);
    if (!this.isStream) return [];
    const frames = this.frames.push(bytes);
    for (const frame of frames) this.meter.frame(frame);
    return frames;
  }

  end(): void {
    if (this.ended) return;
    this.ended = true;
    if (this.isStream) this.meter.closed();
    else this.meter.json(this.body());
  }

  body(): Buffer {
    return Buffer.concat(this.bytes);
  }
}
