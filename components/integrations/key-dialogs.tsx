'use client';

import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { RenameDialog } from '@/components/ui/rename-dialog';
import { useToast } from '@/components/ui/toast';
import { useLast } from '@/components/ui/use-last';
import type { IntegrationKeyView } from '@/lib/integrations/schema';
import type { IntegrationActions } from './integration-actions';
import { ReplaceKeyDialog } from './replace-key-dialog';
import { WeightDialog } from './weight-dialog';

export interface Change {
  readonly kind: 'replace' | 'weight' | 'rename' | 'remove';
  readonly apiKey: IntegrationKeyView;
}

interface KeyDialogsProps {
  /** What is being changed; null while nothing is. */
  change: Change | null;
  /** How the provider's keys begin. */
  keyBegins: string;
  onClose: () => void;
  actions: IntegrationActions;
}

export function KeyDialogs({ change, keyBegins, onClose, actions }: KeyDialogsProps) {
  const subject = (kind: Change['kind']) => (change?.kind === kind ? change.apiKey : null);
  return (
    <>
      <ReplaceKeyDialog apiKey={subject('replace')} keyBegins={keyBegins} onClose={onClose} replace={actions.replace} />
      <WeightDialog apiKey={subject('weight')} onClose={onClose} setWeight={actions.setWeight} />
      <RenameDialog title="Rename key" subject={subject('rename')} onClose={onClose} rename={actions.rename} />
      <RemoveKeyDialog apiKey={subject('remove')} onClose={onClose} remove={actions.remove} />
    </>
  );
}

interface RemoveKeyDialogProps {
  apiKey: IntegrationKeyView | null;
  onClose: () => void;
  remove: IntegrationActions['remove'];
}

function RemoveKeyDialog({ apiKey, onClose, remove }: RemoveKeyDialogProps) {
  const toast = useToast();
  const shown = useLast(apiKey);
  if (!shown) return null;
  async function confirm(key: IntegrationKeyView) {
    const result = await remove(key.id);
    if (result.ok) toast({ title: `${key.name} was removed` });
    else toast({ tone: 'danger', title: `${key.name} was not removed`, description: result.message });
    return result.ok;
  }
  return (
    <ConfirmDialog
      open={apiKey !== null}
      onOpenChange={(open) => !open && onClose()}
      title={`Remove ${shown.name}?`}
      description={
        <>
          Requests stop using the key that ends in <span className="figures text-xs">{shown.lastFour}</span> at once;
          they use your other keys, or are refused when there is none. The key itself stays valid at its provider. To
          use it here again, you have to paste it again.
        </>
      }
      confirmLabel="Remove key"
      danger
      onConfirm={() => confirm(shown)}
    />
  );
}
