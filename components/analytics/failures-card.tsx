import Link from 'next/link';
import type { FailureRow, Overview, VolumePoint } from '@/lib/analytics/schema';
import { formatCount, formatPlural, formatRate } from '@/lib/format';
import { OUTCOME_COLORS } from '../charts/colors';
import { Card, CardHeader } from '../ui/card';
import { logsHref } from './log-link';
import { RANGE_WORDS } from './ranges';

const CAUSE_WORDS: Readonly<Record<FailureRow['cause'], string>> = {
  provider: 'Provider',
  caller: 'Caller',
  limit: 'Limit',
  gateway: 'Gateway',
};

const COLORS: Readonly<Record<FailureRow['cause'], string>> = {
  provider: OUTCOME_COLORS.providerErrors,
  caller: OUTCOME_COLORS.callerErrors,
  limit: OUTCOME_COLORS.limitErrors,
  gateway: OUTCOME_COLORS.gatewayErrors,
};

/** Whose fault failures were, as a share of all requests, and with which status code they were answered. */
export function FailuresCard({ overview }: { overview: Overview }) {
  const { range, summary } = overview;
  const { requests, errors } = summary.current;
  const causes = causesOf(overview);
  return (
    <Card className="flex flex-col">
      <CardHeader
        title="Errors by cause"
        actions={<span className="text-muted-foreground text-xs">Requests · Error rate</span>}
      />
      {errors === 0 ? (
        <p className="grid flex-1 place-items-center px-4 py-12 text-muted-foreground">
          {requests === 0 ? `No requests in the ${RANGE_WORDS[range]}` : `Nothing failed in the ${RANGE_WORDS[range]}`}
        </p>
      ) : (
        <ul className="flex-1 pb-2">
          {causes.map(({ cause, count, codes }) => (
            <li key={cause} className="px-4 py-1.5">
              <Link
                href={logsHref(overview, { status: 'error', cause })}
                title={`${CAUSE_WORDS[cause]}: ${formatPlural(count, 'request')} failed`}
                className="flex items-center gap-2 hover:underline"
              >
                <span aria-hidden className="size-2 shrink-0 rounded-[2px]" style={{ background: COLORS[cause] }} />
                <span className="flex-1">{CAUSE_WORDS[cause]}</span>
                <span className="figures text-muted-foreground text-xs">{formatCount(count)}</span>
                <span className="figures min-w-16 text-right">{formatRate(count / requests)}</span>
              </Link>
              <span className="mt-1 flex flex-wrap gap-x-3 gap-y-0.5 pl-4 text-muted-foreground text-xs">
                {codes.map(({ statusCode, requests: times }) => (
                  <Link
                    key={statusCode}
                    className="figures hover:text-foreground hover:underline"
                    href={logsHref(overview, {
                      ...{ status: 'error', cause, filters: [{ field: 'status_code', value: [statusCode] }] },
                    })}
                  >
                    {statusCode} × {formatCount(times)}
                  </Link>
                ))}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function causesOf({ volume, failures }: Overview) {
  const total = (of: (point: VolumePoint) => number) => volume.reduce((sum, point) => sum + of(point), 0);
  const counts: { readonly cause: FailureRow['cause']; readonly count: number }[] = [
    { cause: 'provider', count: total(({ providerErrors, rateLimited }) => providerErrors + rateLimited) },
    { cause: 'caller', count: total(({ callerErrors }) => callerErrors) },
    { cause: 'limit', count: total(({ limitErrors }) => limitErrors) },
    { cause: 'gateway', count: total(({ gatewayErrors }) => gatewayErrors) },
  ];
  return counts
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .map((row) => ({ ...row, codes: failures.filter(({ cause }) => cause === row.cause) }));
}
