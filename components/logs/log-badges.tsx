import { ShieldCheck } from 'lucide-react';
import type { LogDetail } from '@/lib/logs/schema';
import { Badge } from '../ui/badge';
import { cn } from '../ui/cn';
import { SimulatedBadge } from './log-values';
import { outcomeOf } from './outcome';

/** The state of a log and what is special about it, beside its title. */
export function LogBadges({ log, className }: { log: LogDetail; className?: string }) {
  const { tone, label, icon, explanation } = outcomeOf(log);
  return (
    <span className={cn('flex flex-wrap items-center gap-1.5', className)}>
      <span title={explanation}>
        <Badge tone={tone} icon={icon}>
          {label}
        </Badge>
      </span>
      {log.simulated && <SimulatedBadge />}
      {log.environment === 'test' && !log.simulated && <Badge>Test</Badge>}
      {log.untouched && log.logMethod === 'inference' && (
        <span title="The provider received the caller’s own bytes">
          <Badge icon={ShieldCheck}>Untouched</Badge>
        </span>
      )}
      {!log.untouched && log.logMethod === 'inference' && (
        <span title={log.alterations.join('; ')}>
          <Badge>Changed on the way</Badge>
        </span>
      )}
      {log.logMethod === 'logging_api' && <Badge>Logging API</Badge>}
    </span>
  );
}
