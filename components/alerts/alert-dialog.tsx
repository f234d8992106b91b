'use client';

import { useState, useTransition } from 'react';
import type { ActionResult } from '@/components/ui/action-result';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogFooter } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { useToast } from '@/components/ui/toast';
import type { AlertValues, AlertView } from '@/lib/alerts/schema';
import type { AlertChoices } from './alert-actions';
import { type AlertInput, inputOf, valuesOf } from './alert-input';
import { ChannelFields } from './channel-fields';
import { ConditionFields } from './condition-fields';
import { FilterFields } from './filter-fields';

interface AlertFormProps {
  /** Null for a new one. */
  alert: AlertView | null;
  choices: AlertChoices;
  save: (values: AlertValues) => Promise<ActionResult<unknown>>;
}

interface AlertDialogProps extends AlertFormProps {
  title: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function AlertDialog({ title, open, onOpenChange, ...form }: AlertDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={title} className="max-w-[600px]">
        <AlertForm {...form} onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function AlertForm({ alert, choices, save, onDone }: AlertFormProps & { onDone: () => void }) {
  const [input, setInput] = useState<AlertInput>(() => inputOf(alert));
  const [refusal, setRefusal] = useState<{ message: string; fields: Readonly<Record<string, string>> }>();
  const [pending, startTransition] = useTransition();
  const toast = useToast();
  const fields = refusal?.fields ?? {};
  const change = (part: Partial<AlertInput>) => setInput((before) => ({ ...before, ...part }));
  const submit = () =>
    startTransition(async () => {
      const result = await save(valuesOf(input));
      if (!result.ok) return setRefusal(result);
      toast({ title: `${input.name.trim()} was saved` });
      onDone();
    });
  const shared = { input, onChange: change, fields };
  return (
    <form
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Field label="Name" error={fields.name}>
        <Input
          value={input.name}
          onChange={(event) => change({ name: event.target.value })}
          placeholder="Too many errors"
          maxLength={80}
          autoComplete="off"
        />
      </Field>
      <ConditionFields {...shared} />
      <FilterFields {...shared} choices={choices} />
      <ChannelFields {...shared} canEmail={choices.canEmail} slackUrlHint={alert?.slackUrlHint ?? null} />
      {refusal && Object.keys(fields).length === 0 && <Notice tone="danger">{refusal.message}</Notice>}
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button variant="primary" type="submit" pending={pending}>
          {alert ? 'Save alert' : 'Create alert'}
        </Button>
      </DialogFooter>
    </form>
  );
}
