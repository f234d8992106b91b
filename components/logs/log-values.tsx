import { formatCount, formatTokens } from '@/lib/format';
import type { LogRow } from '@/lib/logs/schema';
import { Badge } from '../ui/badge';

/** Why a log has no cost, for the hover. */
export function unknownCostReason(log: Pick<LogRow, 'status' | 'model'>): string {
  if (log.status !== 'success') return 'Nothing was used, so there is nothing to pay.';
  return `The price of ${log.model ?? 'this model'} is not known, or its usage was not reported.`;
}

export function TokenFlow({ log }: { log: Pick<LogRow, 'promptTokens' | 'outputTokens' | 'usageEstimated'> }) {
  const { promptTokens, outputTokens, usageEstimated } = log;
  if (promptTokens === null && outputTokens === null) {
    return (
      <span className="figures text-muted-foreground" title="No usage was reported">
        —
      </span>
    );
  }
  const exact = `${formatCount(promptTokens)} tokens in, ${formatCount(outputTokens)} out`;
  return (
    <span className="figures" title={usageEstimated ? `${exact}; a part is estimated` : exact}>
      {formatTokens(promptTokens)}
      <span className="text-muted-foreground">→</span>
      {usageEstimated && '~'}
      {formatTokens(outputTokens)}
    </span>
  );
}

export function SimulatedBadge() {
  return (
    <span title="Answered by the built-in simulator: no provider was called, nothing was paid">
      <Badge tone="accent" icon={null}>
        Simulated
      </Badge>
    </span>
  );
}
