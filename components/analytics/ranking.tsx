import Link from 'next/link';
import { formatCount, formatMoney, formatPlural, formatRate } from '@/lib/format';
import { nanoUsdToNumber } from '@/lib/money/nano-usd';
import { Card, CardFooter, CardHeader } from '../ui/card';

export interface Ranked {
  readonly id: string;
  readonly name: string;
  /** Beside the name; null for none. */
  readonly color: string | null;
  /** The logs behind the row; null where they cannot be filtered by it. */
  readonly href: string | null;
  readonly requests: number;
  readonly errors: number;
  readonly costNanoUsd: string;
  readonly unpricedRequests: number;
}

interface RankingProps {
  title: string;
  rows: readonly Ranked[];
  empty: string;
  /** Under the rows. */
  note?: string | null;
}

/** What costs most, with a bar for its share of the largest. */
export function Ranking({ title, rows, empty, note }: RankingProps) {
  const most = Math.max(...rows.map((row) => dollars(row)), 0);
  return (
    <Card className="flex flex-col">
      <CardHeader title={title} actions={<span className="text-muted-foreground text-xs">Requests · Cost</span>} />
      {rows.length === 0 ? (
        <p className="grid flex-1 place-items-center px-4 py-12 text-muted-foreground">{empty}</p>
      ) : (
        <ol className="flex-1 pb-2">
          {rows.map((row) => (
            <RankedRow key={row.id} row={row} share={most === 0 ? 0 : dollars(row) / most} />
          ))}
        </ol>
      )}
      {note && <CardFooter>{note}</CardFooter>}
    </Card>
  );
}

function RankedRow({ row, share }: { row: Ranked; share: number }) {
  const { name, color, href, requests, errors, costNanoUsd, unpricedRequests } = row;
  const unknown = unpricedRequests > 0 && BigInt(costNanoUsd) === 0n;
  const priced = unpricedRequests > 0 ? `, ${formatCount(unpricedRequests)} of unknown price` : '';
  const failed = errors === 0 ? 'none failed' : `${formatRate(errors / requests)} failed`;
  const content = (
    <>
      <span
        aria-hidden
        className="absolute inset-y-0.5 left-2 rounded-sm bg-muted transition-colors group-hover:bg-hover"
        style={{ width: `calc((100% - 16px) * ${share.toFixed(4)})` }}
      />
      <span className="relative flex min-w-0 flex-1 items-center gap-2">
        {color && <span aria-hidden className="size-2 shrink-0 rounded-[2px]" style={{ background: color }} />}
        <span className="truncate">{name}</span>
      </span>
      <span className="figures relative text-muted-foreground text-xs">{formatCount(requests)}</span>
      <span className="figures relative w-20 text-right text-xs">{formatMoney(unknown ? null : costNanoUsd)}</span>
    </>
  );
  const classes = 'group relative flex h-8 items-center gap-3 px-4';
  return (
    <li title={`${name}: ${formatPlural(requests, 'request')}, ${failed}${priced}`}>
      {href ? (
        <Link href={href} className={`${classes} hover:underline focus-visible:-outline-offset-2`}>
          {content}
        </Link>
      ) : (
        <span className={classes}>{content}</span>
      )}
    </li>
  );
}

function dollars({ costNanoUsd }: Ranked): number {
  return nanoUsdToNumber(BigInt(costNanoUsd));
}
