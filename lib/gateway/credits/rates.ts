import type { Target } from '../exchange';
import type { GatewayPorts } from '../ports';
import type { Usage } from '../usage';

/** What a call costs, as far as its size is known. Nano-dollars. */
export interface Rates {
  readonly promptNanoUsd: bigint;
  /** Of a million tokens of output. */
  readonly perMillionNanoUsd: bigint;
}

const MILLION = 1_000_000;

/** Null where a price is not known. @param prompt the usage of the prompt alone */
export function ratesOf(target: Target, prompt: Usage, at: Date, ports: Pick<GatewayPorts, 'price'>): Rates | null {
  const provider = target.provider.pricedAs ?? '';
  const price = (usage: Usage) => ports.price({ provider, model: target.model, usage, at })?.costNanoUsd ?? null;
  const alone = price({ ...prompt, outputTokens: 0 });
  const withOutput = price({ ...prompt, outputTokens: MILLION });
  if (alone === null || withOutput === null) return null;
  return { promptNanoUsd: alone, perMillionNanoUsd: withOutput - alone };
}

/** Rounded up. */
export function outputCost({ perMillionNanoUsd }: Rates, tokens: number): bigint {
  return (perMillionNanoUsd * BigInt(Math.ceil(tokens)) + BigInt(MILLION - 1)) / BigInt(MILLION);
}

/** How much output an amount pays. */
export function outputFor({ perMillionNanoUsd }: Rates, nanoUsd: bigint): number {
  if (perMillionNanoUsd === 0n) return Number.MAX_SAFE_INTEGER;
  return nanoUsd <= 0n ? 0 : Number((nanoUsd * BigInt(MILLION)) / perMillionNanoUsd);
}
