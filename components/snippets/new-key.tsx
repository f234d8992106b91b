import { CopyButton } from '@/components/ui/copy-button';
import { Notice } from '@/components/ui/notice';

/** A new key, the one time it can be seen. */
export function NewKey({ secret, onCopied }: { secret: string; onCopied?: () => void }) {
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-center gap-2 rounded-md border border-border-strong bg-muted py-1 pr-1 pl-2.5">
        <code data-testid="new-api-key" className="min-w-0 flex-1 select-all break-all font-mono text-xs">
          {secret}
        </code>
        <CopyButton value={secret} label="Copy key" size="sm" variant="secondary" onCopied={onCopied} />
      </div>
      <Notice tone="warning">
        Copy it now and keep it where secrets are kept. Only its hash is stored here, so it can't be shown again.
      </Notice>
    </div>
  );
}
