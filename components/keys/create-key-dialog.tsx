'use client';

import { useState } from 'react';
import { NewKey } from '@/components/snippets/new-key';
import { SnippetTabs } from '@/components/snippets/snippet-tabs';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogFooter } from '@/components/ui/dialog';
import type { CreatedKey } from '@/lib/keys/schema';
import { CreateKeyForm } from './create-key-form';
import type { KeyActions } from './key-actions';

interface CreateKeyDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  origin: string;
  create: KeyActions['create'];
}

/** First the form, then the key with its snippet; the key is gone when the dialog closes. */
export function CreateKeyDialog({ open, onOpenChange, origin, create }: CreateKeyDialogProps) {
  const [created, setCreated] = useState<CreatedKey | null>(null);
  const change = (next: boolean) => {
    onOpenChange(next);
    if (next) setCreated(null);
  };
  return (
    <Dialog open={open} onOpenChange={change}>
      {created ? (
        <DialogContent title={`${created.key.name} is ready`} persistent className="max-w-[640px]">
          <NewKey secret={created.secret} />
          <h3 className="mt-6 mb-1 font-medium text-sm">Send a request with it</h3>
          <SnippetTabs origin={origin} apiKey={created.secret} />
          <DialogFooter>
            <DialogClose asChild>
              <Button variant="primary" onClick={() => setCreated(null)}>
                Done
              </Button>
            </DialogClose>
          </DialogFooter>
        </DialogContent>
      ) : (
        <DialogContent title="Create API key">
          <CreateKeyForm
            create={create}
            onCreated={setCreated}
            footer={(submit) => (
              <DialogFooter className="mt-2">
                <DialogClose asChild>
                  <Button>Cancel</Button>
                </DialogClose>
                {submit}
              </DialogFooter>
            )}
          />
        </DialogContent>
      )}
    </Dialog>
  );
}
