'use client';

import type { ReactNode } from 'react';
import type { ActionResult } from './action-result';
import { ConfirmDialog } from './confirm-dialog';
import { useToast } from './toast';
import { useLast } from './use-last';

interface RemoveDialogProps<Subject> {
  /** Null: closed. */
  subject: Subject | null;
  /** What it is: "alert". */
  kind: string;
  verb?: 'Remove' | 'Revoke';
  /** What will happen, and whether it can be undone. */
  describe: (subject: Subject) => ReactNode;
  onClose: () => void;
  remove: (id: string) => Promise<ActionResult<unknown>>;
}

/** Asks before a thing with a name goes, and says whether it did. */
export function RemoveDialog<Subject extends { readonly id: string; readonly name: string }>({
  subject,
  kind,
  verb = 'Remove',
  describe,
  onClose,
  remove,
}: RemoveDialogProps<Subject>) {
  const toast = useToast();
  const shown = useLast(subject);
  if (!shown) return null;
  const { id, name } = shown;
  const done = `${verb.toLowerCase()}d`;
  async function confirm() {
    const result = await remove(id);
    if (result.ok) toast({ title: `${name} was ${done}` });
    else toast({ tone: 'danger', title: `${name} was not ${done}`, description: result.message });
    return result.ok;
  }
  return (
    <ConfirmDialog
      open={subject !== null}
      onOpenChange={(open) => !open && onClose()}
      title={`${verb} ${name}?`}
      description={describe(shown)}
      confirmLabel={`${verb} ${kind}`}
      danger
      onConfirm={confirm}
    />
  );
}
