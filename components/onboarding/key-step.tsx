'use client';

import { useState, useTransition } from 'react';
import { NewKey } from '@/components/snippets/new-key';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { ApiKeyView, CreatedKey } from '@/lib/keys/schema';
import { StepCard } from './step-card';
import type { WelcomeActions } from './welcome-actions';

interface KeyStepProps {
  current: number;
  /** A key from before this page was opened: its secret can't be shown again. */
  existing: ApiKeyView | null;
  created: CreatedKey | null;
  open: boolean;
  createKey: WelcomeActions['createKey'];
  onCreated: (created: CreatedKey) => void;
}

export function KeyStep({ current, existing, created, open, createKey, onCreated }: KeyStepProps) {
  const key = created?.key ?? existing;
  return (
    <StepCard
      index={0}
      current={current}
      title="Create an API key"
      result={
        key && (
          <>
            {key.name}, <span className="figures text-xs">{key.prefix}…</span>
          </>
        )
      }
    >
      {created && <NewKey secret={created.secret} />}
      {open && (
        <KeyForm createKey={createKey} onCreated={onCreated} defaultName={existing ? 'Second key' : 'First key'} />
      )}
    </StepCard>
  );
}

interface KeyFormProps {
  createKey: WelcomeActions['createKey'];
  onCreated: (created: CreatedKey) => void;
  defaultName: string;
}

function KeyForm({ createKey, onCreated, defaultName }: KeyFormProps) {
  const [name, setName] = useState(defaultName);
  const [error, setError] = useState<string>();
  const [pending, startTransition] = useTransition();
  const submit = () =>
    startTransition(async () => {
      const result = await createKey({ name, environment: 'production', lifetime: 'never' });
      if (result.ok) onCreated(result.data);
      else setError(result.fields.name ?? result.message);
    });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p className="text-base text-muted-foreground">
        Your programs send it instead of the provider's key. It says who is calling, so that logs and costs can be told
        apart.
      </p>
      <Field label="Name" error={error}>
        <Input value={name} onChange={(event) => setName(event.target.value)} maxLength={80} autoComplete="off" />
      </Field>
      <Button type="submit" variant="primary" size="lg" pending={pending} className="self-start max-md:self-stretch">
        Create key
      </Button>
    </form>
  );
}
