'use client';

import { useState, useTransition } from 'react';
import type { ActionResult } from '@/components/ui/action-result';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogFooter } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { Select } from '@/components/ui/select';
import type { WebhookValues, WebhookView } from '@/lib/webhooks/schema';

const ENVIRONMENTS = [
  { value: 'all', label: 'Production and test' },
  { value: 'production', label: 'Production' },
  { value: 'test', label: 'Test' },
] as const;

interface WebhookFormProps<T> {
  /** Null for a new one. */
  webhook: WebhookView | null;
  save: (values: WebhookValues) => Promise<ActionResult<T>>;
  onSaved: (saved: T) => void;
}

interface WebhookDialogProps<T> extends WebhookFormProps<T> {
  title: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function WebhookDialog<T>({ title, open, onOpenChange, ...form }: WebhookDialogProps<T>) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={title} className="max-w-[520px]">
        <WebhookForm {...form} />
      </DialogContent>
    </Dialog>
  );
}

function WebhookForm<T>({ webhook, save, onSaved }: WebhookFormProps<T>) {
  const [name, setName] = useState(webhook?.name ?? '');
  const [url, setUrl] = useState(webhook?.url ?? '');
  const [environment, setEnvironment] = useState<'all' | 'production' | 'test'>(webhook?.environment ?? 'all');
  const [refusal, setRefusal] = useState<{ message: string; fields: Readonly<Record<string, string>> }>();
  const [pending, startTransition] = useTransition();
  const fields = refusal?.fields ?? {};
  const submit = () =>
    startTransition(async () => {
      const result = await save({ name, url, environment: environment === 'all' ? null : environment });
      if (result.ok) onSaved(result.data);
      else setRefusal(result);
    });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Field label="Name" error={fields.name}>
        <Input
          value={name}
          onChange={(event) => setName(event.target.value)}
          placeholder="Warehouse"
          maxLength={80}
          autoComplete="off"
        />
      </Field>
      <Field label="URL" error={fields.url} hint="Each new log is posted there as JSON.">
        <Input
          value={url}
          onChange={(event) => setUrl(event.target.value)}
          placeholder="https://example.com/hooks/respan"
          autoComplete="off"
          spellCheck={false}
        />
      </Field>
      <Field label="Logs of">
        <Select options={ENVIRONMENTS} value={environment} onValueChange={setEnvironment} />
      </Field>
      {refusal && Object.keys(fields).length === 0 && <Notice tone="danger">{refusal.message}</Notice>}
      <DialogFooter className="mt-2">
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button variant="primary" type="submit" pending={pending}>
          {webhook ? 'Save webhook' : 'Create webhook'}
        </Button>
      </DialogFooter>
    </form>
  );
}
