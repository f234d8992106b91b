import { ArrowDown, ArrowRight, ArrowUp } from 'lucide-react';
import { formatChange, formatCount, formatDurationMs, formatMoney, formatRate, formatTokens } from '@/lib/format';
import { cn } from './cn';

interface MoneyProps {
  /** Nano-dollars; null where the price is unknown. */
  nanoUsd: bigint | string | null | undefined;
  /** Four significant digits below a dollar: for one call, not for totals. */
  precise?: boolean;
  /** Why it is unknown, on hover. */
  unknownReason?: string;
  className?: string;
}

export function Money({ nanoUsd, precise = false, unknownReason, className }: MoneyProps) {
  const unknown = nanoUsd === null || nanoUsd === undefined;
  const title = unknown
    ? (unknownReason ?? 'The price of this model is not known.')
    : formatMoney(nanoUsd, { precise: true });
  return (
    <span className={cn('figures', unknown && 'text-muted-foreground', className)} title={title}>
      {formatMoney(nanoUsd, { precise })}
    </span>
  );
}

/** The exact number is on hover. */
export function Tokens({ value, className }: { value: number | bigint | null | undefined; className?: string }) {
  return (
    <span className={cn('figures', className)} title={value == null ? 'Not reported' : `${formatCount(value)} tokens`}>
      {formatTokens(value)}
    </span>
  );
}

export function Duration({ ms, className }: { ms: number | null | undefined; className?: string }) {
  return <span className={cn('figures', className)}>{formatDurationMs(ms)}</span>;
}

export function Count({ value, className }: { value: number | bigint | null | undefined; className?: string }) {
  return <span className={cn('figures', className)}>{formatCount(value)}</span>;
}

export function Rate({ share, className }: { share: number | null | undefined; className?: string }) {
  return <span className={cn('figures', className)}>{formatRate(share)}</span>;
}

interface ChangeProps {
  /** Relative: 0.12 is +12 %. Null where there is nothing to compare with. */
  change: number | null | undefined;
  /** Which direction is good news; null where neither is. */
  goodWhen?: 'up' | 'down' | null;
  /** "vs previous 7 days" */
  versus?: string;
  className?: string;
}

export function Change({ change, goodWhen = null, versus, className }: ChangeProps) {
  const known = change !== null && change !== undefined && Number.isFinite(change);
  const flat = known && formatChange(change) === '0 %';
  const up = known && change > 0;
  const good = goodWhen === null || !known || flat ? null : (goodWhen === 'up') === up;
  const Icon = flat ? ArrowRight : up ? ArrowUp : ArrowDown;
  return (
    <span className={cn('inline-flex flex-wrap items-center gap-x-1 text-muted-foreground text-xs', className)}>
      <span
        className={cn(
          'inline-flex items-center gap-0.5 whitespace-nowrap tabular-nums',
          good === true && 'text-success',
          good === false && 'text-danger',
        )}
      >
        {known && <Icon className="size-3" aria-hidden />}
        {formatChange(change)}
      </span>
      {versus}
    </span>
  );
}
