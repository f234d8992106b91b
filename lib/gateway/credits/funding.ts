import type { GatewayError } from '../errors';
import type { Exchange, Target } from '../exchange';
import type { LogRecord } from '../log-record';
import type { GatewayPorts } from '../ports';
import { SseFrames } from '../stream/sse-frames';
import { promptTokens } from '../usage';
import type { Estimate } from './estimate';
import type { Expected, Seen } from './expectations';
import { outputCost, type Rates } from './rates';
import { creditsRanOut } from './refusal';

/** Where a provider reports tokens at the end only, four characters are counted as one until then. */
const CHARACTERS_PER_TOKEN = 4;
/** More is asked for while this much output is still paid for, so that a stream does not wait for the database. */
const AHEAD = { tokens: 64, share: 0.25 };
const MORE = { tokens: 256, share: 0.5 };
/** Less than this is not worth a statement to give back: a tenth of a cent. */
const WORTH_RETURNING_NANO_USD = 1_000_000n;

export interface Plan {
  readonly exchange: Exchange;
  readonly target: Target;
  readonly rates: Rates;
  readonly guess: Estimate;
  readonly expected: Expected;
  /** Whether it is a stream, which can be stopped when nothing pays for more. */
  readonly stoppable: boolean;
  readonly learn: (seen: Seen) => void;
}

/** A call's answer, or one of several choices: who is told to go on, and to stop. */
export interface Payer {
  resume(): void;
  stop(error: GatewayError): void;
}

/** What a call under way has used of what is held for it. */
export class Funding {
  private readonly payers: Payer[] = [];
  private promptNanoUsd: bigint;
  private promptKnown = false;
  private characters = 0;
  /** More was asked for, and the answer is not there yet. */
  private asking = false;
  /** Nothing was left when it was last asked. */
  private dry = false;
  private over = false;

  constructor(
    private readonly plan: Plan,
    private readonly ports: Pick<GatewayPorts, 'credits' | 'price' | 'report'>,
  ) {
    this.promptNanoUsd = plan.rates.promptNanoUsd;
  }

  /** Meters a stream. Null where the answer can't grow beyond what is held. @returns reads bytes; false to wait until resumed */
  meter(payer: Payer): ((bytes: Buffer) => boolean) | null {
    if (!this.plan.stoppable) return null;
    this.payers.push(payer);
    const frames = new SseFrames();
    const { provider } = this.plan.target;
    return (bytes) => {
      for (const frame of frames.push(bytes)) this.characters += provider.outputCharacters(frame);
      return this.check();
    };
  }

  /** Whether the stream waits for credits. */
  get waiting(): boolean {
    return !this.over && this.asking && this.headroom() <= 0n;
  }

  /** The log is written: the rest is released with the debit. */
  settled(record: LogRecord | null): void {
    this.over = true;
    this.ports.credits.done(this.plan.exchange.id);
    const { guess, learn } = this.plan;
    if (record?.status !== 'success' || !record.usage || record.usage.estimated) return;
    const { usage } = record;
    const told = this.characters / CHARACTERS_PER_TOKEN;
    learn({
      outputTokens: usage.outputTokens / guess.answers,
      promptFactor: guess.promptTokens > 0 ? promptTokens(usage) / (guess.promptTokens * guess.prompts) : null,
      outputFactor: told >= 16 ? usage.outputTokens / told : null,
    });
  }

  private get tokens(): number {
    const { guess, expected } = this.plan;
    const told = Math.ceil((this.characters / CHARACTERS_PER_TOKEN) * expected.outputFactor);
    return Math.min(told, guess.outputTokens * guess.answers);
  }

  private headroom(): bigint {
    const { exchange, rates } = this.plan;
    return exchange.heldNanoUsd - this.promptNanoUsd - outputCost(rates, this.tokens);
  }

  /** @returns whether the stream may go on */
  private check(): boolean {
    if (this.over) return true;
    this.readPrompt();
    const { rates, guess } = this.plan;
    const headroom = this.headroom();
    const rest = guess.outputTokens * guess.answers - this.tokens;
    const ahead = outputCost(rates, Math.min(rest, Math.max(AHEAD.tokens, this.tokens * AHEAD.share)));
    if (!this.asking && rest > 0 && headroom < ahead && (!this.dry || headroom <= 0n)) this.ask(ahead - headroom, rest);
    return headroom > 0n || !this.asking;
  }

  private ask(neededNanoUsd: bigint, rest: number): void {
    const { exchange, rates } = this.plan;
    const more = outputCost(rates, Math.min(rest, Math.max(MORE.tokens, this.tokens * MORE.share)));
    const wantedNanoUsd = neededNanoUsd > more ? neededNanoUsd : more;
    this.asking = true;
    const { organizationId } = exchange.caller;
    this.ports.credits.extend({ organizationId, id: exchange.id, neededNanoUsd, wantedNanoUsd }).then(
      (granted) => {
        this.asking = false;
        exchange.heldNanoUsd += granted;
        this.dry = granted === 0n;
        this.goOn();
      },
      (error: unknown) => {
        // An answer that is half given is not broken off because the database is away.
        this.ports.report(`Credits of ${exchange.id} could not be extended`, error);
        this.over = true;
        for (const payer of this.payers) payer.resume();
      },
    );
  }

  private goOn(): void {
    if (this.over) return;
    if (this.headroom() > 0n) for (const payer of this.payers) payer.resume();
    else if (this.dry) this.stop();
    else this.check();
  }

  private stop(): void {
    this.over = true;
    // Any of several choices may be over by now: one that is hears nothing.
    for (const payer of this.payers) payer.stop(creditsRanOut(this.plan.target.provider));
  }

  /** Providers that say at the start what the prompt was leave no need to guess. */
  private readPrompt(): void {
    const { exchange, target } = this.plan;
    if (this.promptKnown || !exchange.meter?.contentBegan) return;
    this.promptKnown = true;
    const { usage, model } = exchange.meter.reading(
      () => Buffer.alloc(0),
      () => null,
    );
    if (!usage || promptTokens(usage) === 0) return;
    const at = new Date(exchange.startedAt);
    const provider = target.provider.pricedAs ?? '';
    const cost = this.ports.price({ provider, model: model ?? target.model, usage: { ...usage, outputTokens: 0 }, at });
    if (cost) this.correctPrompt(cost.costNanoUsd);
  }

  /** What was read from the provider's cache costs a tenth of what had to be set aside for it. */
  private correctPrompt(costNanoUsd: bigint): void {
    const { exchange } = this.plan;
    const spare = this.promptNanoUsd - costNanoUsd;
    this.promptNanoUsd = costNanoUsd;
    if (spare < WORTH_RETURNING_NANO_USD || spare >= exchange.heldNanoUsd) return;
    exchange.heldNanoUsd -= spare;
    this.ports.credits
      .giveBack(exchange.caller.organizationId, exchange.id, spare)
      .then((taken) => {
        if (!taken) exchange.heldNanoUsd += spare;
      })
      .catch((error: unknown) => this.ports.report(`Credits of ${exchange.id} could not be given back`, error));
  }
}
