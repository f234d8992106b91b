'use client';

import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogFooter } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { KeyActions } from './key-actions';
import { useLast } from './use-last';

interface Renamed {
  readonly id: string;
  readonly name: string;
}

interface RenameKeyDialogProps {
  /** Null: closed. */
  apiKey: Renamed | null;
  onClose: () => void;
  rename: KeyActions['rename'];
}

export function RenameKeyDialog({ apiKey, onClose, rename }: RenameKeyDialogProps) {
  const shown = useLast(apiKey);
  return (
    <Dialog open={apiKey !== null} onOpenChange={(open) => !open && onClose()}>
      <DialogContent title="Rename key">
        {shown && <RenameForm key={shown.id} apiKey={shown} onDone={onClose} rename={rename} />}
      </DialogContent>
    </Dialog>
  );
}

function RenameForm({ apiKey, onDone, rename }: { apiKey: Renamed; onDone: () => void; rename: KeyActions['rename'] }) {
  const [name, setName] = useState(apiKey.name);
  const [error, setError] = useState<string>();
  const [pending, startTransition] = useTransition();
  const submit = () =>
    startTransition(async () => {
      const result = await rename({ id: apiKey.id, name });
      if (result.ok) onDone();
      else setError(result.fields.name ?? result.message);
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Field label="Name" error={error}>
        <Input value={name} onChange={(event) => setName(event.target.value)} maxLength={80} autoFocus />
      </Field>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button variant="primary" type="submit" pending={pending}>
          Rename
        </Button>
      </DialogFooter>
    </form>
  );
}
