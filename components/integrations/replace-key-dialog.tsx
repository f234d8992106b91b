'use client';

import { Dialog, DialogContent } from '@/components/ui/dialog';
import { useToast } from '@/components/ui/toast';
import { useLast } from '@/components/ui/use-last';
import type { IntegrationKeyView } from '@/lib/integrations/schema';
import type { IntegrationActions } from './integration-actions';
import { SecretForm } from './secret-form';

interface ReplaceKeyDialogProps {
  /** Null: closed. */
  apiKey: IntegrationKeyView | null;
  keyBegins: string;
  onClose: () => void;
  replace: IntegrationActions['replace'];
}

export function ReplaceKeyDialog({ apiKey, keyBegins, onClose, replace }: ReplaceKeyDialogProps) {
  const toast = useToast();
  const shown = useLast(apiKey);
  return (
    <Dialog open={apiKey !== null} onOpenChange={(open) => !open && onClose()}>
      {shown && (
        <DialogContent
          title={`Replace ${shown.name}`}
          description={`The key that ends in ${shown.lastFour} stays in use until the new one is accepted.`}
        >
          <SecretForm
            label="New API key"
            submitLabel="Verify and replace"
            begins={keyBegins}
            submit={(secret) => replace({ id: shown.id, secret })}
            onDone={() => {
              toast({ title: `${shown.name} was replaced` });
              onClose();
            }}
          />
        </DialogContent>
      )}
    </Dialog>
  );
}
