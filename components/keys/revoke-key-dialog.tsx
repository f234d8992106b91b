'use client';

import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { useToast } from '@/components/ui/toast';
import { useLast } from '@/components/ui/use-last';
import type { ApiKeyView } from '@/lib/keys/schema';
import type { KeyActions } from './key-actions';

interface RevokeKeyDialogProps {
  /** Null: closed. */
  apiKey: ApiKeyView | null;
  onClose: () => void;
  revoke: KeyActions['revoke'];
}

export function RevokeKeyDialog({ apiKey, onClose, revoke }: RevokeKeyDialogProps) {
  const toast = useToast();
  const shown = useLast(apiKey);
  if (!shown) return null;
  async function confirm(key: ApiKeyView) {
    const result = await revoke(key.id);
    if (result.ok) toast({ title: `${key.name} was revoked` });
    else toast({ tone: 'danger', title: `${key.name} was not revoked`, description: result.message });
    return result.ok;
  }
  return (
    <ConfirmDialog
      open={apiKey !== null}
      onOpenChange={(open) => !open && onClose()}
      title={`Revoke ${shown.name}?`}
      description={
        <>
          Whatever uses the key <span className="figures text-xs">{shown.prefix}…</span> is refused with 401 from the
          next request on. This can't be undone. Its logs stay.
        </>
      }
      confirmLabel="Revoke key"
      danger
      onConfirm={() => confirm(shown)}
    />
  );
}
