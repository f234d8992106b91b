'use client';

import { type ReactNode, useState, useTransition } from 'react';
import type { ActionResult } from '@/components/ui/action-result';
import { Button } from '@/components/ui/button';
import { DialogClose, DialogFooter } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { PasswordInput } from '@/components/ui/password-input';

interface SecretFormProps {
  /** "Anthropic API key" */
  label: string;
  submitLabel: string;
  /** How such keys begin; empty where they have no form. */
  begins: string;
  submit: (secret: string) => Promise<ActionResult<unknown>>;
  onDone: () => void;
  /** Fields above the secret. */
  children?: ReactNode;
}

/** A form for a provider's key. What was pasted stays when it is refused. */
export function SecretForm({ label, submitLabel, begins, submit, onDone, children }: SecretFormProps) {
  const [secret, setSecret] = useState('');
  const [refusal, setRefusal] = useState<{ message: string; fields: Readonly<Record<string, string>> }>();
  const [pending, startTransition] = useTransition();
  const send = () =>
    startTransition(async () => {
      const result = await submit(secret);
      if (result.ok) onDone();
      else setRefusal(result);
    });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {children}
      <Field
        label={label}
        hint="It is checked by a real call that costs nothing, then stored encrypted. Only its last four characters are shown again."
        error={refusal?.fields.secret}
      >
        <PasswordInput
          value={secret}
          onChange={(event) => setSecret(event.target.value)}
          placeholder={begins && `${begins}…`}
          autoComplete="off"
          className="font-mono"
        />
      </Field>
      {refusal && !refusal.fields.secret && <Notice tone="danger">{refusal.message}</Notice>}
      <DialogFooter className="mt-2">
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button variant="primary" type="submit" pending={pending}>
          {submitLabel}
        </Button>
      </DialogFooter>
    </form>
  );
}
