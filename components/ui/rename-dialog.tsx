'use client';

import { useState, useTransition } from 'react';
import type { ActionResult } from './action-result';
import { Button } from './button';
import { Dialog, DialogClose, DialogContent, DialogFooter } from './dialog';
import { Field } from './field';
import { Input } from './input';
import { useLast } from './use-last';

interface Named {
  readonly id: string;
  readonly name: string;
}

interface RenameDialogProps {
  /** "Rename key" */
  title: string;
  /** What is renamed; null while closed. */
  subject: Named | null;
  onClose: () => void;
  rename: (input: { id: string; name: string }) => Promise<ActionResult>;
}

export function RenameDialog({ title, subject, onClose, rename }: RenameDialogProps) {
  const shown = useLast(subject);
  return (
    <Dialog open={subject !== null} onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={title}>
        {shown && <RenameForm key={shown.id} subject={shown} onDone={onClose} rename={rename} />}
      </DialogContent>
    </Dialog>
  );
}

interface RenameFormProps {
  subject: Named;
  onDone: () => void;
  rename: RenameDialogProps['rename'];
}

function RenameForm({ subject, onDone, rename }: RenameFormProps) {
  const [name, setName] = useState(subject.name);
  const [error, setError] = useState<string>();
  const [pending, startTransition] = useTransition();
  const submit = () =>
    startTransition(async () => {
      const result = await rename({ id: subject.id, name });
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
        <Input value={name} onChange={(event) => setName(event.target.value)} maxLength={80} autoComplete="off" />
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
