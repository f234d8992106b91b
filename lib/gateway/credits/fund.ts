import { GatewayError } from '../errors';
import type { Exchange, Target } from '../exchange';
import type { Gateway } from '../gateway';
import { without } from '../prepare/describe';
import type { Prepared } from '../prepare/prepared';
import type { Usage } from '../usage';
import { type Estimate, estimate } from './estimate';
import type { Expected } from './expectations';
import { Funding, type Plan } from './funding';
import { lowered } from './lower-cap';
import { outputCost, outputFor, type Rates, ratesOf } from './rates';
import { creditsUsedUp } from './refusal';

/** What an answer of a kind never seen before is expected to have. */
const UNKNOWN_OUTPUT_TOKENS = 1024;
/** A stream begins with room for an answer this much longer than expected, and gets more as it goes. */
const STREAM_ROOM = 2;

export interface Funded {
  readonly prepared: Prepared;
  /** Null for calls that cost nothing. */
  readonly funding: Funding | null;
}

/**
 * Sets aside what a call is expected to cost, before it is made by the platform's credential. A stream may grow beyond it, because
 * it can be stopped; any other answer gets no more output than was set aside for, so that it can't cost more.
 * @throws GatewayError credits_used_up, or no_credentials where the price is not known
 */
export async function fund(
  exchange: Exchange,
  target: Target,
  prepared: Prepared,
  { ports, expectations }: Pick<Gateway, 'ports' | 'expectations'>,
): Promise<Funded> {
  if (exchange.logType === 'count_tokens') return { prepared, funding: null };
  const hasOutput = exchange.logType !== 'embedding';
  const guess = estimate(prepared, hasOutput);
  const stoppable = exchange.stream && hasOutput;
  const kind = `${target.provider.id}/${target.model}`;
  const { apiKeyId } = exchange.caller;
  const size = (): Size => {
    const expected = expectations.expect(apiKeyId, kind);
    const one = ratesOf(target, scaled(guess.prompt, expected.promptFactor), new Date(exchange.startedAt), ports);
    if (!one) throw new GatewayError('no_credentials', `The price of ${target.model.slice(0, 100)} is not known.`);
    const rates = { ...one, promptNanoUsd: one.promptNanoUsd * BigInt(guess.prompts) };
    return { expected, rates, ...amounts(guess, expected, rates, stoppable) };
  };
  const { expected, rates } = await reserve(exchange, target, size, ports);
  const learn: Plan['learn'] = (seen) => expectations.observe(apiKeyId, kind, seen);
  const funding = new Funding({ exchange, target, rates, guess, expected, stoppable, learn }, ports);
  exchange.onSettled = (record) => funding.settled(record);
  // A compressed stream can't be read as it passes.
  if (stoppable) return { prepared: { ...prepared, headers: uncompressed(prepared.headers) }, funding };
  return { prepared: hasOutput ? affordable(exchange, target, prepared, guess, rates) : prepared, funding };
}

interface Amounts {
  readonly neededNanoUsd: bigint;
  readonly wantedNanoUsd: bigint;
}

interface Size extends Amounts {
  readonly expected: Expected;
  readonly rates: Rates;
}

function amounts(guess: Estimate, expected: Expected, rates: Rates, stoppable: boolean): Amounts {
  const likely = Math.min(guess.outputTokens, expected.outputTokens ?? UNKNOWN_OUTPUT_TOKENS);
  const most = stoppable ? Math.min(guess.outputTokens, likely * STREAM_ROOM) : guess.outputTokens;
  const cost = (tokens: number) => rates.promptNanoUsd + outputCost(rates, tokens * guess.answers);
  return { neededNanoUsd: cost(likely), wantedNanoUsd: cost(most) };
}

/** A call that is tried again holds already what it held for the try before. @returns its size as it was when that was granted */
async function reserve(
  exchange: Exchange,
  { provider }: Target,
  measure: () => Size,
  ports: Pick<Gateway['ports'], 'credits'>,
): Promise<Size> {
  let size = measure();
  const { heldNanoUsd } = exchange;
  if (heldNanoUsd > 0n && heldNanoUsd >= size.neededNanoUsd) return size;
  const result = await ports.credits.reserve(() => {
    size = measure();
    return {
      organizationId: exchange.caller.organizationId,
      id: exchange.id,
      neededNanoUsd: size.neededNanoUsd - heldNanoUsd,
      wantedNanoUsd: size.wantedNanoUsd - heldNanoUsd,
    };
  });
  if (result.grantedNanoUsd === null) throw creditsUsedUp(provider, result);
  exchange.heldNanoUsd += result.grantedNanoUsd;
  return size;
}

/** With a limit on its output that what is held pays for. */
function affordable(
  exchange: Exchange,
  { provider }: Target,
  prepared: Prepared,
  guess: Estimate,
  rates: Rates,
): Prepared {
  const paid = Math.floor(outputFor(rates, exchange.heldNanoUsd - rates.promptNanoUsd) / guess.answers);
  if (paid >= guess.outputTokens) return prepared;
  if (paid < guess.leastOutputTokens)
    throw creditsUsedUp(provider, { balanceNanoUsd: exchange.heldNanoUsd, isHeldByOthers: false });
  return lowered(prepared, guess, paid, exchange.logType);
}

function scaled(usage: Usage, factor: number): Usage {
  const times = (tokens: number) => Math.ceil(tokens * factor);
  return {
    ...usage,
    inputTokens: times(usage.inputTokens),
    cacheWrite5mTokens: times(usage.cacheWrite5mTokens),
    cacheWrite1hTokens: times(usage.cacheWrite1hTokens),
  };
}

function uncompressed(headers: readonly string[]): string[] {
  return [...without(headers, 'accept-encoding'), 'accept-encoding', 'identity'];
}
