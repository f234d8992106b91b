import { divideRounded, nanoUsdFromNumber } from '@/lib/money/nano-usd';
import type { Cost, CostPart } from '../cost';
import type { GatewayPorts } from '../ports';
import { promptTokens, type Usage } from '../usage';
import type { ParsedLog } from './schema';

/** What a log's call cost: what the caller says, else its tokens at the caller's prices, else at the known ones. */
export function reportedCost(
  log: ParsedLog,
  usage: Usage | null,
  call: { provider: string | null; model: string | null; startedAt: number },
  price: GatewayPorts['price'],
): Cost | null {
  if (log.cost !== null) {
    return { costNanoUsd: nanoUsdFromNumber(log.cost), parts: [], modifiers: [], source: 'caller' };
  }
  const { model, provider } = call;
  if (!usage || !model) return null;
  if (log.prompt_unit_price !== null && log.completion_unit_price !== null) {
    return atUnitPrices(
      model,
      usage,
      nanoUsdFromNumber(log.prompt_unit_price),
      nanoUsdFromNumber(log.completion_unit_price),
    );
  }
  return provider ? price({ provider, model, usage, at: new Date(call.startedAt) }) : null;
}

/** Unit prices know only prompt and completion: every prompt token costs the same. */
function atUnitPrices(model: string, usage: Usage, promptRate: bigint, completionRate: bigint): Cost {
  const lines = [
    ['input', promptTokens(usage), promptRate],
    ['output', usage.outputTokens, completionRate],
  ] as const;
  let sum = 0n;
  const parts: CostPart[] = [];
  for (const [kind, quantity, rate] of lines) {
    const exact = BigInt(quantity) * rate;
    sum += exact;
    if (quantity === 0) continue;
    const costNanoUsd = divideRounded(exact, 1_000_000n).toString();
    parts.push({ class: kind, model, quantity, nanoUsdPerMillion: rate.toString(), costNanoUsd });
  }
  return { costNanoUsd: divideRounded(sum, 1_000_000n), parts, modifiers: [], source: 'caller' };
}
