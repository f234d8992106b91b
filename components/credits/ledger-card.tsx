import { Coins, Download } from 'lucide-react';
import Link from 'next/link';
import { Badge, type Tone } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card, CardFooter, CardHeader } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { TextLink } from '@/components/ui/text-link';
import { LocalTime } from '@/components/ui/time';
import type { CreditTransactionView, CreditType } from '@/lib/credits/schema';
import { formatCount, formatMoney } from '@/lib/format';

const WIDE = 'max-md:hidden';

const TYPES: Readonly<Record<CreditType, { label: string; tone: Tone }>> = {
  purchase: { label: 'Purchase', tone: 'success' },
  grant: { label: 'Grant', tone: 'success' },
  bonus: { label: 'Bonus', tone: 'success' },
  adjustment: { label: 'Adjustment', tone: 'warning' },
  refund: { label: 'Refund', tone: 'warning' },
  usage: { label: 'Usage', tone: 'neutral' },
};

interface LedgerCardProps {
  entries: readonly CreditTransactionView[];
  /** Of the next, older page. */
  before: string | null;
  isFirstPage: boolean;
}

/** Everything that changed the balance, newest first. */
export function LedgerCard({ entries, before, isFirstPage }: LedgerCardProps) {
  const empty = entries.length === 0 && isFirstPage;
  return (
    <Card>
      <CardHeader
        title="History"
        actions={
          !empty && (
            <Button asChild size="sm">
              <a href="/api/dashboard/credits/export" download>
                <Download aria-hidden />
                CSV
              </a>
            </Button>
          )
        }
      />
      {empty ? (
        <EmptyState icon={Coins} title="Every change of the balance will be listed here">
          Credits that are added, and each call that they pay, with what was left afterwards.
        </EmptyState>
      ) : (
        <Entries entries={entries} />
      )}
      {(before || !isFirstPage) && (
        <CardFooter className="flex justify-between">
          {isFirstPage ? <span /> : <TextLink href="/settings/credits">Newest</TextLink>}
          {before && <TextLink href={`/settings/credits?before=${before}`}>Older</TextLink>}
        </CardFooter>
      )}
    </Card>
  );
}

function Entries({ entries }: Pick<LedgerCardProps, 'entries'>) {
  return (
    <Table>
      <TableHead>
        <TableRow>
          <TableHeader>Date</TableHeader>
          <TableHeader className={WIDE}>Type</TableHeader>
          <TableHeader>Description</TableHeader>
          <TableHeader numeric>Amount</TableHeader>
          <TableHeader numeric className={WIDE}>
            Balance
          </TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </TableBody>
    </Table>
  );
}

function Entry({ entry }: { entry: CreditTransactionView }) {
  const { label, tone } = TYPES[entry.type];
  const amount = formatMoney(entry.amountNanoUsd, { precise: true });
  return (
    <TableRow>
      <TableCell className="whitespace-nowrap text-muted-foreground text-xs">
        <LocalTime at={new Date(entry.createdAt)} />
      </TableCell>
      <TableCell className={WIDE}>
        <Badge tone={tone} icon={null}>
          {label}
        </Badge>
      </TableCell>
      <TableCell className="max-w-64 max-md:max-w-28">
        <span className="block truncate" title={entry.description}>
          {entry.logId ? (
            <Link href={`/logs/${entry.logId}`} className="rounded-sm underline-offset-2 hover:underline">
              {entry.description}
            </Link>
          ) : (
            entry.description
          )}
        </span>
        {entry.expiresAt !== null && (
          <span className="text-muted-foreground text-xs">
            expires <LocalTime at={new Date(entry.expiresAt)} style="date" />
          </span>
        )}
      </TableCell>
      <TableCell numeric>{BigInt(entry.amountNanoUsd) > 0n ? `+${amount}` : amount}</TableCell>
      <TableCell numeric className={WIDE}>
        {exact(BigInt(entry.balanceNanoUsd))}
      </TableCell>
    </TableRow>
  );
}

const NANO_PER_CENT = 10_000_000n;
const NANO_PER_DOLLAR = 1_000_000_000n;

/** To the millionth of a dollar: one call moves a balance by less than a cent. */
function exact(balance: bigint): string {
  if (balance % NANO_PER_CENT === 0n) return formatMoney(balance);
  const micro = ((balance < 0n ? -balance : balance) + 500n) / 1000n;
  const dollars = (micro * 1000n) / NANO_PER_DOLLAR;
  return `${balance < 0n ? '-' : ''}$${formatCount(dollars)}.${String(micro % 1_000_000n).padStart(6, '0')}`;
}
