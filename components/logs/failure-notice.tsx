import type { LogDetail } from '@/lib/logs/schema';
import { CopyButton } from '../ui/copy-button';
import { Notice } from '../ui/notice';
import { outcomeOf } from './outcome';

const ADVICE = {
  caller: 'Change the request; sending it again as it is will fail again.',
  provider: 'Trying again later can succeed. Retries and other credentials make this rarer.',
  limit: 'Raise the limit, add credits, or wait until it resets.',
  gateway: 'This is ours. The server log has the details under the id of this log.',
} as const;

/** What went wrong, in full, and what can be done; nothing where nothing did. */
export function FailureNotice({ log }: { log: LogDetail }) {
  if (log.status === 'success') {
    if (log.warnings.length === 0) return null;
    return (
      <Notice tone="warning" title={log.warnings.length === 1 ? 'A warning' : `${log.warnings.length} warnings`}>
        {log.warnings.join(' ')}
      </Notice>
    );
  }
  const { explanation, tone } = outcomeOf(log);
  const title = [log.errorType ?? explanation, log.status === 'error' ? `(${log.statusCode})` : ''].join(' ').trim();
  return (
    <Notice
      tone={tone === 'danger' ? 'danger' : tone === 'warning' ? 'warning' : 'info'}
      title={title}
      action={log.errorMessage && <CopyButton value={log.errorMessage} label="Copy error" />}
    >
      {log.errorMessage && <p className="whitespace-pre-wrap font-mono text-xs">{log.errorMessage}</p>}
      {log.errorType && <p className="mt-1 text-muted-foreground">{explanation}</p>}
      {log.status === 'error' && log.errorCause && <p className="text-muted-foreground">{ADVICE[log.errorCause]}</p>}
    </Notice>
  );
}
