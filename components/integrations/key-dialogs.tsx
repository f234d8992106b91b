'use client';

import { RemoveDialog } from '@/components/ui/remove-dialog';
import { RenameDialog } from '@/components/ui/rename-dialog';
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
      <RemoveDialog
        kind="key"
        subject={subject('remove')}
        describe={({ lastFour }) => (
          <>
            Requests stop using the key that ends in <span className="figures text-xs">{lastFour}</span> at once; they
            use your other keys, or are refused when there is none. The key itself stays valid at its provider. To use
            it here again, you have to paste it again.
          </>
        )}
        onClose={onClose}
        remove={actions.remove}
      />
    </>
  );
}
