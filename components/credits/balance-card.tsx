import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { LocalTime } from '@/components/ui/time';
import type { CreditsView } from '@/lib/credits/schema';
import { formatMoney } from '@/lib/format';

/** What there is: large, and what of it is held or expires beneath. */
export function BalanceCard({ credits, low }: { credits: CreditsView; low: boolean }) {
  const balance = BigInt(credits.balanceNanoUsd);
  const expiring = BigInt(credits.expiringNanoUsd);
  const lasting = balance > expiring ? balance - expiring : 0n;
  return (
    <Card className="flex flex-col gap-4 p-4" aria-label="Balance">
      <div>
        <p className="text-muted-foreground text-xs">Balance</p>
        <p
          className={cn('figures text-3xl', low && 'text-danger')}
          title={formatMoney(credits.balanceNanoUsd, { precise: true })}
        >
          {formatMoney(credits.balanceNanoUsd)}
        </p>
      </div>
      <dl className="grid grid-cols-3 gap-4 max-md:grid-cols-1 max-md:gap-2">
        <Part label="Reserved now" hint="Held for calls under way; what they don't use comes back.">
          {formatMoney(credits.reservedNanoUsd)}
        </Part>
        <Part label="Expires" hint="Used before credits that don't expire.">
          {formatMoney(credits.expiringNanoUsd)}
          {credits.nextExpiryAt !== null && (
            <span className="block font-sans text-muted-foreground text-xs">
              the first <LocalTime at={new Date(credits.nextExpiryAt)} style="date" />
            </span>
          )}
        </Part>
        <Part label="Doesn't expire">{formatMoney(lasting)}</Part>
      </dl>
    </Card>
  );
}

function Part({ label, hint, children }: { label: string; hint?: string; children: ReactNode }) {
  return (
    <div title={hint} className="max-md:flex max-md:items-baseline max-md:justify-between max-md:gap-4">
      <dt className="text-muted-foreground text-xs">{label}</dt>
      <dd className="figures text-sm max-md:text-right">{children}</dd>
    </div>
  );
}
