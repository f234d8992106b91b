'use client';

import { useState, useTransition } from 'react';
import type { ActionResult } from '@/components/ui/action-result';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogFooter } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { useToast } from '@/components/ui/toast';
import type { GroupValues, LoadBalanceGroupView } from '@/lib/load-balancing/schema';
import { emptyRow, type ModelRow, ModelRows } from './model-rows';

interface GroupFormProps {
  /** Null for a new one. */
  group: LoadBalanceGroupView | null;
  knownModels: readonly string[];
  save: (values: GroupValues) => Promise<ActionResult<unknown>>;
}

interface GroupDialogProps extends GroupFormProps {
  title: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function GroupDialog({ title, open, onOpenChange, ...form }: GroupDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={title} className="max-w-[560px]">
        <GroupForm {...form} onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function GroupForm({ group, knownModels, save, onDone }: GroupFormProps & { onDone: () => void }) {
  const [name, setName] = useState(group?.name ?? '');
  const [rows, setRows] = useState<readonly ModelRow[]>(() => group?.models.map(rowOf) ?? [emptyRow(), emptyRow()]);
  const [refusal, setRefusal] = useState<{ message: string; fields: Readonly<Record<string, string>> }>();
  const [pending, startTransition] = useTransition();
  const toast = useToast();
  const fields = refusal?.fields ?? {};
  const elsewhere = Object.keys(fields).every((field) => field === 'models' || field === 'id');
  const submit = () =>
    startTransition(async () => {
      const models = rows.map(({ model, weight }) => ({
        model,
        weight: weight.trim() === '' ? Number.NaN : Number(weight),
      }));
      const result = await save({ name, models });
      if (!result.ok) return setRefusal(result);
      toast({ title: `${name.trim()} was saved` });
      onDone();
    });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Field
        label="Name"
        error={fields.name}
        hint={group ? `Its id stays ${group.groupId}.` : 'The id that requests send is made from the name and stays.'}
      >
        <Input value={name} onChange={(event) => setName(event.target.value)} maxLength={60} autoComplete="off" />
      </Field>
      <ModelRows rows={rows} onChange={setRows} fields={fields} knownModels={knownModels} />
      {refusal && elsewhere && <Notice tone="danger">{refusal.message}</Notice>}
      <DialogFooter className="mt-2">
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button variant="primary" type="submit" pending={pending}>
          {group ? 'Save group' : 'Create group'}
        </Button>
      </DialogFooter>
    </form>
  );
}

function rowOf({ model, weight }: GroupValues['models'][number]): ModelRow {
  return { ...emptyRow(), model, weight: String(weight) };
}
