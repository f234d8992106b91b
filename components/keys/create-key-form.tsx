'use client';

import { type ReactNode, useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { SegmentedControl } from '@/components/ui/segmented-control';
import { Select } from '@/components/ui/select';
import { type CreatedKey, KEY_LIFETIMES, type KeyLifetime, type NewKey } from '@/lib/keys/schema';
import type { KeyActions } from './key-actions';

const ENVIRONMENTS = [
  { value: 'production', label: 'Production' },
  { value: 'test', label: 'Test' },
] as const;

const LIFETIMES = (['never', 'two_weeks', 'one_month', 'three_months'] satisfies KeyLifetime[]).map((value) => ({
  value,
  label: KEY_LIFETIMES[value].label,
}));

interface CreateKeyFormProps {
  create: KeyActions['create'];
  onCreated: (created: CreatedKey) => void;
  defaultName?: string;
  /** Drawn around the submit button, as a dialog's footer does. */
  footer: (submit: ReactNode) => ReactNode;
}

export function CreateKeyForm({ create, onCreated, defaultName = '', footer }: CreateKeyFormProps) {
  const [input, setInput] = useState<NewKey>({ name: defaultName, environment: 'production', lifetime: 'never' });
  const [refusal, setRefusal] = useState<{ message: string; fields: Readonly<Record<string, string>> }>();
  const [pending, startTransition] = useTransition();
  const submit = () =>
    startTransition(async () => {
      const result = await create(input);
      if (result.ok) onCreated(result.data);
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
      <Field label="Name" hint="Which application or person will use it." error={refusal?.fields.name}>
        <Input
          value={input.name}
          onChange={(event) => setInput({ ...input, name: event.target.value })}
          placeholder="prod-web"
          maxLength={80}
          autoComplete="off"
          autoFocus
        />
      </Field>
      <div className="flex flex-wrap gap-4">
        <Field label="Environment" hint="Logs and charts are kept apart by it." className="flex-1">
          <SegmentedControl
            aria-label="Environment"
            options={ENVIRONMENTS}
            value={input.environment}
            onValueChange={(environment) => setInput({ ...input, environment })}
            className="self-start"
          />
        </Field>
        <Field label="Expires" className="flex-1">
          <Select
            options={LIFETIMES}
            value={input.lifetime}
            onValueChange={(lifetime) => setInput({ ...input, lifetime })}
          />
        </Field>
      </div>
      {refusal && !refusal.fields.name && <Notice tone="danger">{refusal.message}</Notice>}
      {footer(
        <Button variant="primary" type="submit" pending={pending}>
          Create key
        </Button>,
      )}
    </form>
  );
}
