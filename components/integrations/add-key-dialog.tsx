'use client';

import { useState } from 'react';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import type { ConnectedProvider } from '@/lib/integrations/schema';
import type { IntegrationActions } from './integration-actions';
import { SecretForm } from './secret-form';

interface AddKeyDialogProps {
  provider: Pick<ConnectedProvider, 'id' | 'name' | 'keyBegins'>;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  connect: IntegrationActions['connect'];
}

export function AddKeyDialog({ provider, open, onOpenChange, connect }: AddKeyDialogProps) {
  const [name, setName] = useState('');
  const toast = useToast();
  function done() {
    toast({ title: `${provider.name} accepted the key`, description: 'Requests use it from now on.' });
    setName('');
    onOpenChange(false);
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={`Add ${provider.name} key`}>
        <SecretForm
          label={`${provider.name} API key`}
          submitLabel="Verify and save"
          begins={provider.keyBegins}
          submit={(secret) => connect({ provider: provider.id, name: name.trim() || undefined, secret })}
          onDone={done}
        >
          <Field label="Name" optional>
            <Input
              value={name}
              onChange={(event) => setName(event.target.value)}
              placeholder={`${provider.name} key`}
              maxLength={80}
              autoComplete="off"
            />
          </Field>
        </SecretForm>
      </DialogContent>
    </Dialog>
  );
}
