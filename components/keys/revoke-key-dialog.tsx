'use client';

import { RemoveDialog } from '@/components/ui/remove-dialog';
import type { ApiKeyView } from '@/lib/keys/schema';
import type { KeyActions } from './key-actions';

interface RevokeKeyDialogProps {
  /** Null: closed. */
  apiKey: ApiKeyView | null;
  onClose: () => void;
  revoke: KeyActions['revoke'];
}

export function RevokeKeyDialog({ apiKey, onClose, revoke }: RevokeKeyDialogProps) {
  return (
    <RemoveDialog
      kind="key"
      verb="Revoke"
      subject={apiKey}
      describe={({ prefix }) => (
        <>
          Whatever uses the key <span className="figures text-xs">{prefix}…</span> is refused with 401 from the next
          request on. This can't be undone. Its logs stay.
        </>
      )}
      onClose={onClose}
      remove={revoke}
    />
  );
}
