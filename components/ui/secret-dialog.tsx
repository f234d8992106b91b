'use client';

import { Button } from './button';
import { CopyButton } from './copy-button';
import { Dialog, DialogClose, DialogContent, DialogFooter } from './dialog';
import { useLast } from './use-last';

interface SecretDialogProps {
  title: string;
  /** What it is for, in a sentence. */
  description: string;
  /** Null while closed. */
  secret: string | null;
  onClose: () => void;
}

/** A secret to copy. */
export function SecretDialog({ title, description, secret, onClose }: SecretDialogProps) {
  const shown = useLast(secret);
  return (
    <Dialog open={secret !== null} onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={title} className="max-w-[560px]">
        <p className="mb-3 text-muted-foreground text-sm">{description}</p>
        <div className="flex items-center gap-2 rounded-md border border-border-strong bg-muted py-1 pr-1 pl-2.5">
          <code data-testid="secret" className="min-w-0 flex-1 select-all break-all font-mono text-xs">
            {shown}
          </code>
          <CopyButton value={shown ?? ''} label="Copy secret" size="sm" variant="secondary" />
        </div>
        <DialogFooter>
          <DialogClose asChild>
            <Button variant="primary">Done</Button>
          </DialogClose>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
