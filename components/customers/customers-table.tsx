import { ArrowDown } from 'lucide-react';
import Link from 'next/link';
import { cn } from '@/components/ui/cn';
import { Count, Money, Tokens } from '@/components/ui/figures';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { TextLink } from '@/components/ui/text-link';
import { RelativeTime } from '@/components/ui/time';
import type { CustomerRow, CustomerSort } from '@/lib/customers/schema';
import { formatPlural } from '@/lib/format';

const COLUMNS = [
  { sort: 'requests', label: 'Requests' },
  { sort: 'errors', label: 'Errors' },
  { sort: 'tokens', label: 'Tokens' },
  { sort: 'cost', label: 'Cost' },
] as const;
const WIDE: Readonly<Record<string, string>> = { errors: 'max-md:hidden', tokens: 'max-md:hidden' };

interface CustomersTableProps {
  rows: readonly CustomerRow[];
  sort: CustomerSort;
  /** The address of this page sorted by something else, and of a customer. */
  sortHref: (sort: CustomerSort) => string;
  customerHref: (customer: string) => string;
}

export function CustomersTable({ rows, sort, sortHref, customerHref }: CustomersTableProps) {
  const heading = (of: CustomerSort, label: string) => (
    <SortLink href={sortHref(of)} current={sort === of} label={label} />
  );
  return (
    <Table>
      <TableHead>
        <TableRow>
          <TableHeader aria-sort={sort === 'customer' ? 'ascending' : undefined}>
            {heading('customer', 'Customer')}
          </TableHeader>
          {COLUMNS.map((column) => (
            <TableHeader
              key={column.sort}
              numeric
              className={WIDE[column.sort]}
              aria-sort={sort === column.sort ? 'descending' : undefined}
            >
              {heading(column.sort, column.label)}
            </TableHeader>
          ))}
          <TableHeader numeric className="max-md:hidden">
            Active for
          </TableHeader>
          <TableHeader className="max-md:hidden" aria-sort={sort === 'last_active' ? 'descending' : undefined}>
            {heading('last_active', 'Last active')}
          </TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.customer}>
            <TableCell className="max-w-72 max-md:max-w-36">
              <TextLink href={customerHref(row.customer)} className="block truncate" title={row.customer}>
                {row.name ?? row.customer}
              </TextLink>
              {(row.name || row.email) && (
                <span className="block truncate text-muted-foreground text-xs">
                  {[row.name && row.customer, row.email].filter(Boolean).join(' · ')}
                </span>
              )}
            </TableCell>
            <TableCell numeric>
              <Count value={row.requests} />
            </TableCell>
            <TableCell numeric className={cn(WIDE.errors, row.errors > 0 && 'text-danger')}>
              <Count value={row.errors} />
            </TableCell>
            <TableCell numeric className={WIDE.tokens}>
              <Tokens value={row.tokens} />
            </TableCell>
            <TableCell numeric>
              <Money nanoUsd={row.costNanoUsd} />
              {row.unpricedRequests > 0 && (
                <span title={`Without ${formatPlural(row.unpricedRequests, 'request')} of unknown price`}>+</span>
              )}
            </TableCell>
            <TableCell numeric className="whitespace-nowrap max-md:hidden">
              {formatPlural(row.activeDays, 'day')}
            </TableCell>
            <TableCell className="text-muted-foreground text-xs max-md:hidden">
              <RelativeTime at={row.lastActive} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function SortLink({ href, current, label }: { href: string; current: boolean; label: string }) {
  return (
    <Link
      href={href}
      scroll={false}
      className={cn('inline-flex items-center gap-1 rounded-sm hover:text-foreground', current && 'text-foreground')}
    >
      {label}
      {current && <ArrowDown className="size-3" aria-hidden />}
    </Link>
  );
}
