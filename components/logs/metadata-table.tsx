import Link from 'next/link';
import type { ReactNode } from 'react';
import type { LogDetail } from '@/lib/logs/schema';
import { Card } from '../ui/card';
import { CodeBlock } from '../ui/code-block';
import { CopyButton } from '../ui/copy-button';
import { LocalTime } from '../ui/time';

/** Everything else that is known about a request. */
export function MetadataTable({ log }: { log: LogDetail }) {
  return (
    <div className="flex flex-col gap-4">
      <Card>
        <dl>
          {rowsOf(log).map(({ label, value, copy }) => (
            <div
              key={label}
              className="flex min-h-9 items-center gap-4 border-t px-4 py-1 first:border-t-0 max-sm:flex-col max-sm:items-start max-sm:gap-0"
            >
              <dt className="w-40 shrink-0 text-muted-foreground">{label}</dt>
              <dd className="flex min-w-0 flex-1 items-center gap-1 break-all">
                {value}
                {copy && (
                  <CopyButton value={copy} label={`Copy ${label.toLowerCase()}`} className="text-muted-foreground" />
                )}
              </dd>
            </div>
          ))}
        </dl>
      </Card>
      {log.metadata && (
        <CodeBlock title="Metadata sent with the request" code={JSON.stringify(log.metadata, null, 2)} />
      )}
    </div>
  );
}

interface Row {
  readonly label: string;
  readonly value: ReactNode;
  readonly copy?: string;
}

function rowsOf(log: LogDetail): Row[] {
  const rows: (Row | null)[] = [
    { label: 'Log id', value: mono(log.id), copy: log.id },
    { label: 'Arrived', value: <LocalTime at={new Date(log.startedAt)} style="exact" /> },
    { label: 'Endpoint', value: mono(log.endpoint) },
    { label: 'Recorded', value: log.logMethod === 'logging_api' ? 'Sent to the logging API' : 'Through the gateway' },
    { label: 'Kind', value: `${log.logType}${log.stream ? ', streamed' : ''}` },
    { label: 'Environment', value: log.environment === 'production' ? 'Production' : 'Test' },
    { label: 'Provider', value: log.provider ?? '—' },
    { label: 'Model asked for', value: log.requestedModel ?? '—' },
    { label: 'Model that answered', value: log.model ?? '—' },
    log.stopReason ? { label: 'Stop reason', value: mono(log.stopReason) } : null,
    { label: 'API key', value: log.key ? [log.key.name, log.key.prefix].filter(Boolean).join(' · ') : '—' },
    { label: 'Sent to provider', value: sentWords(log) },
    digestsOf(log),
    log.warnings.length > 0 ? { label: 'Warnings', value: log.warnings.join(' ') } : null,
    log.tokens.webSearches ? { label: 'Web searches', value: String(log.tokens.webSearches) } : null,
    log.customerIdentifier ? { label: 'Customer', value: log.customerIdentifier } : null,
    log.threadIdentifier ? { label: 'Thread', value: threadLink(log.threadIdentifier) } : null,
    log.customIdentifier ? { label: 'Custom identifier', value: log.customIdentifier } : null,
  ];
  return rows.filter((row) => row !== null);
}

function threadLink(id: string) {
  return (
    <Link href={`/logs/threads/${encodeURIComponent(id)}`} prefetch={false} className="text-accent hover:underline">
      {id}
    </Link>
  );
}

function mono(text: string) {
  return <code className="break-all font-mono text-xs">{text}</code>;
}

/** Proof of the badge: the digest of what came in beside that of what went out. */
function digestsOf({ payload }: LogDetail) {
  const digests = payload?.attempts?.at(-1)?.digests;
  if (!digests) return null;
  const same = digests.received === digests.sent;
  return {
    label: 'Body, SHA-256',
    value: mono(same ? `${digests.sent} in and out` : `${digests.received} in, ${digests.sent} out`),
  };
}

function sentWords({ untouched, alterations, logMethod }: LogDetail): string {
  if (logMethod === 'logging_api') return '—';
  if (untouched) return 'The caller’s own bytes, untouched';
  return alterations.length > 0 ? `Changed: ${alterations.join('; ')}` : 'Changed';
}
