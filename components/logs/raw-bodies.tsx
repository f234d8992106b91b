import { Download } from 'lucide-react';
import { formatCount } from '@/lib/format';
import type { LogDetail } from '@/lib/logs/schema';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { RawBody } from './raw-body';

/** Request and response as they went over the wire. */
export function RawBodies({ log }: { log: LogDetail }) {
  const { payload } = log;
  if (!payload?.request && !payload?.response) {
    return (
      <EmptyState title="No bodies are kept for this request">
        They were not sent, switched off, or are past their retention.
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-6">
      <Part log={log} part="request" title="Request" headers={payload.requestHeaders} />
      <Part log={log} part="response" title="Response" headers={payload.responseHeaders} />
    </div>
  );
}

interface PartProps {
  log: LogDetail;
  part: 'request' | 'response';
  title: string;
  headers: Readonly<Record<string, string>> | null;
}

function Part({ log, part, title, headers }: PartProps) {
  const body = log.payload?.[part];
  if (!body) return null;
  const length = log.payload?.[`${part}Length`] ?? body.length;
  return (
    <section aria-label={title}>
      <RawBody title={title} body={body} cut={length > body.length} />
      <p className="mt-1.5 flex items-center gap-3 text-muted-foreground text-xs">
        {length > body.length && `The first ${formatCount(body.length)} of ${formatCount(length)} characters.`}
        <Button asChild variant="ghost" size="sm" className="-ml-2 text-muted-foreground">
          <a href={`/api/dashboard/logs/${log.id}/payload?part=${part}`} download>
            <Download aria-hidden />
            Download
          </a>
        </Button>
      </p>
      {headers && Object.keys(headers).length > 0 && <Headers headers={headers} />}
    </section>
  );
}

function Headers({ headers }: { headers: Readonly<Record<string, string>> }) {
  const sorted = Object.entries(headers).sort(([a], [b]) => a.localeCompare(b));
  return (
    <details className="mt-1 text-xs">
      <summary className="text-muted-foreground">
        {sorted.length === 1 ? 'One header' : `${sorted.length} headers`}; credentials are never kept
      </summary>
      <dl className="mt-2 grid grid-cols-[minmax(120px,max-content)_minmax(0,1fr)] gap-x-4 gap-y-0.5 font-mono">
        {sorted.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted-foreground">{name}</dt>
            <dd className="break-all">{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
