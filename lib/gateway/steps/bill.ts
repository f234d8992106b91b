import { addCosts, type Cost } from '../cost';
import type { Exchange, Target } from '../exchange';
import type { GatewayPorts } from '../ports';
import { NOTHING_READ, type Reading } from '../providers/provider';
import { addUsage } from '../usage';

export interface Bill {
  readonly reading: Reading;
  readonly model: string | null;
  /** Null where nothing was used, or a price is unknown. */
  readonly cost: Cost | null;
  /** What of it credits pay. */
  readonly owedNanoUsd: bigint;
}

/**
 * What the log says of an answer, and what all calls of the request cost: those beside the main one are billed too.
 * @param plain the answer without its content encoding
 */
export function billOf(exchange: Exchange, plain: () => Buffer | null, ports: Pick<GatewayPorts, 'price'>): Bill {
  const { target } = exchange;
  const main =
    exchange.meter?.reading(
      () => plain() ?? Buffer.alloc(0),
      () => exchange.loggedRequest,
    ) ?? NOTHING_READ;
  const model = main.model ?? target?.model ?? exchange.requestedModel;
  const cost = priceOf(exchange, target, model, main, ports);
  if (exchange.sideCalls.length === 0) return { reading: main, model, cost, owedNanoUsd: owed([{ target, cost }]) };

  const sides = exchange.sideCalls.map((call) => ({ ...call, reading: call.reading(main) }));
  const readings = [main, ...sides.map(({ reading }) => reading)];
  const costs = [
    { target, reading: main, cost },
    ...sides.map(({ target: of, note, reading }) => ({
      target: of,
      reading,
      cost: noted(priceOf(exchange, of, reading.model ?? of.model, reading, ports), note),
    })),
  ].filter(({ reading }) => reading.usage !== null);
  const said = { reading: together(readings), model: first(readings, 'model') ?? model };
  return { ...said, cost: total(costs), owedNanoUsd: owed(costs) };
}

function priceOf(
  { startedAt }: Exchange,
  target: Target | null,
  model: string | null,
  { usage }: Reading,
  ports: Pick<GatewayPorts, 'price'>,
): Cost | null {
  if (!usage || !target?.provider.pricedAs || !model) return null;
  return ports.price({ provider: target.provider.pricedAs, model, usage, at: new Date(startedAt) });
}

function noted(cost: Cost | null, note: string | null): Cost | null {
  return cost && note ? { ...cost, modifiers: [...cost.modifiers, note] } : cost;
}

/** One unknown price makes the sum unknown. */
function total(parts: readonly { readonly cost: Cost | null }[]): Cost | null {
  const [one, ...more] = parts.flatMap(({ cost }) => cost ?? []);
  return one && more.length + 1 === parts.length ? addCosts([one, ...more]) : null;
}

function owed(parts: readonly { readonly target: Target | null; readonly cost: Cost | null }[]): bigint {
  const byCredits = parts.filter(({ target }) => target?.credential.source === 'credits');
  return byCredits.reduce((sum, { cost }) => sum + (cost?.costNanoUsd ?? 0n), 0n);
}

/** Several answers as one: whole when all are, and what one alone can say is said by the first that does. */
function together(readings: readonly Reading[]): Reading {
  const used = readings.flatMap(({ usage }) => usage ?? []);
  return {
    usage: used.length > 0 ? used.reduce(addUsage) : null,
    model: first(readings, 'model'),
    stopReason: first(readings, 'stopReason'),
    error: first(readings, 'error'),
    complete: readings.every(({ complete }) => complete),
    replyPreview: first(readings, 'replyPreview'),
  };
}

function first<K extends 'model' | 'stopReason' | 'error' | 'replyPreview'>(
  readings: readonly Reading[],
  key: K,
): Reading[K] | null {
  return readings.find((reading) => reading[key] !== null)?.[key] ?? null;
}
