'use client';

import type { CredentialHealth } from '@/lib/analytics/schema';
import { formatCount, formatPlural, formatRate } from '@/lib/format';
import { Card, CardFooter, CardHeader } from '../ui/card';
import { cn } from '../ui/cn';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table';
import { HealthStrip } from './health-strip';
import type { CardProps } from './log-link';
import { RANGE_WORDS } from './ranges';

/** Columns for which a narrow screen has no room. */
const WIDE = 'max-md:hidden';

/** How providers answered, try by try: what callers saw is less, because retries and fallbacks made some of it good. */
export function HealthCard({ overview, timeZone, onLogs, className }: CardProps) {
  const { credentials, range, summary, filteredBy } = overview;
  const { savedByRetry, savedByFallback } = summary.current;
  const isFiltered = filteredBy.model !== null || filteredBy.key !== null;
  return (
    <Card className={cn('flex min-w-0 flex-col', className)}>
      <CardHeader
        title="Provider uptime"
        description="Every attempt counts, also those that a retry or a fallback made good."
      />
      {credentials.length === 0 ? (
        <p className="grid flex-1 place-items-center px-4 py-12 text-muted-foreground">
          No calls to providers in the {RANGE_WORDS[range]}
        </p>
      ) : (
        <div className="flex-1">
          <Table>
            <TableHead>
              <TableRow>
                <TableHeader>Provider</TableHeader>
                <TableHeader className={cn('w-1/2', WIDE)}>Over time</TableHeader>
                <TableHeader numeric>Uptime</TableHeader>
                <TableHeader numeric>429</TableHeader>
                <TableHeader numeric>529</TableHeader>
                <TableHeader numeric className={WIDE}>
                  Attempts
                </TableHeader>
              </TableRow>
            </TableHead>
            <TableBody>
              {rowsOf(credentials).map((row) => (
                <TableRow key={row.id}>
                  <TableCell className={cn('max-w-44 py-1.5 max-md:max-w-28', row.isPart && 'pl-8!')}>
                    <span className="block truncate" title={row.name}>
                      {row.name}
                    </span>
                    {row.credential && (
                      <span className="block truncate text-muted-foreground text-xs" title={row.credential}>
                        {row.credential}
                      </span>
                    )}
                  </TableCell>
                  <TableCell className={WIDE}>
                    <HealthStrip
                      {...{ overview, timeZone }}
                      health={row.health}
                      label={`${row.name}, uptime over time`}
                      onBucket={(bucket) =>
                        onLogs({ bucket, filters: [{ field: 'provider_id', value: [row.health.provider] }] })
                      }
                    />
                  </TableCell>
                  <TableCell
                    numeric
                    title="Attempts that did not end in 529, another server error or a broken connection"
                  >
                    {formatRate(uptimeOf(row.health))}
                  </TableCell>
                  <TableCell numeric>{formatCount(sum(row.health.rateLimited))}</TableCell>
                  <TableCell numeric>{formatCount(sum(row.health.overloaded))}</TableCell>
                  <TableCell numeric className={WIDE}>
                    {formatCount(sum(row.health.attempts))}
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </div>
      )}
      <CardFooter>
        {savedByRetry + savedByFallback === 0
          ? 'No request needed a retry or a fallback to succeed.'
          : `${formatPlural(savedByRetry + savedByFallback, 'request')} succeeded after a failed attempt: ${formatCount(savedByRetry)} by a retry, ${formatCount(savedByFallback)} by a fallback to another model.`}
        {isFiltered && ' Attempts are of all models and keys.'}
      </CardFooter>
    </Card>
  );
}

interface HealthRow {
  readonly id: string;
  readonly name: string;
  /** Where it is the provider's only one. */
  readonly credential: string | null;
  /** Under its provider's own row. */
  readonly isPart: boolean;
  readonly health: CredentialHealth;
}

/** A row a provider; where it has several credentials each of them follows. */
function rowsOf(credentials: readonly CredentialHealth[]): HealthRow[] {
  const providers = [...new Set(credentials.map(({ provider }) => provider))];
  return providers.flatMap((provider): HealthRow[] => {
    const own = credentials.filter((one) => one.provider === provider);
    const [only] = own;
    if (only && own.length === 1) {
      return [{ id: provider, name: provider, credential: nameOf(only), isPart: false, health: only }];
    }
    const all = own.reduce(addHealth);
    const parts = own.map(
      (one): HealthRow => ({
        ...{ id: `${provider} ${one.credentialId}`, name: nameOf(one), credential: null, isPart: true, health: one },
      }),
    );
    return [{ id: provider, name: provider, credential: null, isPart: false, health: all }, ...parts];
  });
}

function nameOf({ name, lastFour }: CredentialHealth): string {
  return lastFour ? `${name} …${lastFour}` : name;
}

function addHealth(a: CredentialHealth, b: CredentialHealth): CredentialHealth {
  const add = (of: 'attempts' | 'rateLimited' | 'overloaded' | 'failed') =>
    a[of].map((value, index) => value + (b[of][index] ?? 0));
  return {
    ...a,
    attempts: add('attempts'),
    rateLimited: add('rateLimited'),
    overloaded: add('overloaded'),
    failed: add('failed'),
  };
}

/** A rate limit is an answer: the provider was up. */
function uptimeOf({ attempts, overloaded, failed }: CredentialHealth): number | null {
  const tried = sum(attempts);
  return tried === 0 ? null : 1 - (sum(overloaded) + sum(failed)) / tried;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
