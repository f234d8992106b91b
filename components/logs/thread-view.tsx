import Link from 'next/link';
import { formatCount, formatMoney } from '@/lib/format';
import type { LogRow, Turn } from '@/lib/logs/schema';
import { EmptyState } from '../ui/empty-state';
import { Duration, Money } from '../ui/figures';
import { LocalTime } from '../ui/time';
import { callsIn, TurnView } from './conversation-view';
import { TokenFlow, unknownCostReason } from './log-values';
import { StatusCell } from './status-cell';

interface ThreadViewProps {
  calls: number;
  unpricedCalls: number;
  costNanoUsd: string;
  /** Oldest first. */
  steps: readonly { log: LogRow; added: readonly Turn[]; reply: readonly Turn[]; costSoFarNanoUsd: string }[];
}

/** A conversation as it went, call by call, with what it had cost by then. */
export function ThreadView({ calls, unpricedCalls, costNanoUsd, steps }: ThreadViewProps) {
  const names = callsIn(steps.flatMap(({ added, reply }) => [...added, ...reply]));
  return (
    <>
      <p className="text-muted-foreground">
        {formatCount(calls)} {calls === 1 ? 'call' : 'calls'}, {formatMoney(costNanoUsd, { precise: true })} in all
        {unpricedCalls > 0 && `, without ${formatCount(unpricedCalls)} of unknown price`}.
        {calls > steps.length && ` The last ${formatCount(steps.length)} are shown.`}
      </p>
      <ol className="flex flex-col gap-6">
        {steps.map((step) => (
          <li key={step.log.id} className="flex flex-col gap-3">
            <StepHead log={step.log} costSoFarNanoUsd={step.costSoFarNanoUsd} />
            {[...step.added, ...step.reply].map((turn, index) => (
              <TurnView
                // biome-ignore lint/suspicious/noArrayIndexKey: turns never move, and are known by their place.
                key={index}
                turn={turn}
                calls={names}
                isReply={index >= step.added.length}
              />
            ))}
            {step.added.length + step.reply.length === 0 && <EmptyState title="No bodies are kept for this call" />}
          </li>
        ))}
      </ol>
    </>
  );
}

function StepHead({ log, costSoFarNanoUsd }: { log: LogRow; costSoFarNanoUsd: string }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b pb-2 text-xs">
      <Link href={`/logs/${log.id}`} prefetch={false} className="font-medium hover:underline">
        <LocalTime at={new Date(log.startedAt)} />
      </Link>
      <span>{log.model ?? 'No model'}</span>
      <StatusCell log={log} />
      <span className="flex-1" />
      <TokenFlow log={log} />
      <Duration ms={log.latencyMs} />
      <Money nanoUsd={log.costNanoUsd} precise unknownReason={unknownCostReason(log)} />
      <span className="figures text-muted-foreground" title="What the thread had cost by then">
        Σ {formatMoney(costSoFarNanoUsd, { precise: true })}
      </span>
    </div>
  );
}
