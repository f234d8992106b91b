'use client';

import { useState } from 'react';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import type { Provider } from '@/lib/integrations/schema';
import type { IntegrationActions } from './integration-actions';
import { SecretForm } from './secret-form';

interface AddKeyDialogProps {
  provider: Provider;
  providerName: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  connect: IntegrationActions['connect'];
}

export function AddKeyDialog({ provider, providerName, open, onOpenChange, connect }: AddKeyDialogProps) {
  const [name, setName] = useState('');
  const toast = useToast();
  function done() {
    toast({ title: `${providerName} accepted the key`, description: 'Requests use it from now on.' });
    setName('');
    onOpenChange(false);
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={`Add ${providerName} key`}>
        <SecretForm
          label={`${providerName} API key`}
          submitLabel="Verify and save"
          submit={(secret) => connect({ provider, name: name.trim() || undefined, secret })}
          onDone={done}
        >
          <Field label="Name" optional>
            <Input
              value={name}
              onChange={(event) => setName(event.target.value)}
              placeholder={`${providerName} key`}
              maxLength={80}
              autoComplete="off"
            />
          </Field>
        </SecretForm>
      </DialogContent>
    </Dialog>
  );
}
