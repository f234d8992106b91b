import { Badge } from '@/components/ui/badge';
import { LocalTime } from '@/components/ui/time';
import type { ApiKeyView } from '@/lib/keys/schema';

export function EnvironmentBadge({ environment }: { environment: ApiKeyView['environment'] }) {
  return environment === 'production' ? (
    <Badge tone="accent" icon={null}>
      Production
    </Badge>
  ) : (
    <Badge>Test</Badge>
  );
}

export function KeyState({ apiKey: { state, expiresAt, hedges } }: { apiKey: ApiKeyView }) {
  if (state === 'revoked') return <Badge>Revoked</Badge>;
  if (state === 'expired') return <Badge tone="warning">Expired</Badge>;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      <Badge tone="success">Active</Badge>
      {hedges && <Badge icon={null}>Hedged</Badge>}
      {expiresAt && (
        <span className="whitespace-nowrap text-muted-foreground text-xs">
          until <LocalTime at={expiresAt} style="date" />
        </span>
      )}
    </span>
  );
}
