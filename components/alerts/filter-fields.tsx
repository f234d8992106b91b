import { useId } from 'react';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import type { AlertChoices } from './alert-actions';
import { ANY } from './alert-input';
import type { FieldsProps } from './condition-fields';

const ENVIRONMENTS = [
  { value: 'production', label: 'Production' },
  { value: 'test', label: 'Test' },
] as const;

const optionsOf = (label: string, list: readonly { id: string; name: string }[]) => [
  { value: ANY, label },
  ...list.map(({ id, name }) => ({ value: id, label: name })),
];

/** Which requests count. */
export function FilterFields({ input, onChange, fields, choices }: FieldsProps & { choices: AlertChoices }) {
  const listId = useId();
  return (
    <fieldset className="grid grid-cols-2 gap-x-4 gap-y-3 max-md:grid-cols-1">
      <legend className="mb-2 font-medium text-muted-foreground text-xs">Which requests</legend>
      <Field label="Environment">
        <Select
          options={ENVIRONMENTS}
          value={input.environment}
          onValueChange={(environment) => onChange({ environment })}
        />
      </Field>
      <Field label="Provider" error={fields.provider}>
        <Select
          options={optionsOf('Any provider', choices.providers)}
          value={input.provider}
          onValueChange={(provider) => onChange({ provider })}
        />
      </Field>
      <Field label="Model" optional error={fields.model}>
        <Input
          value={input.model}
          onChange={(event) => onChange({ model: event.target.value })}
          list={listId}
          placeholder="Any model"
          autoComplete="off"
          spellCheck={false}
        />
      </Field>
      <datalist id={listId}>
        {choices.models.map((model) => (
          <option key={model} value={model} />
        ))}
      </datalist>
      <Field label="API key" error={fields.apiKeyId}>
        <Select
          options={optionsOf('Any key', choices.keys)}
          value={input.apiKeyId}
          onValueChange={(apiKeyId) => onChange({ apiKeyId })}
        />
      </Field>
      <Field
        label="Customer"
        optional
        hint="Counted by the hour, and by no model, provider or key beside it."
        error={fields.customer}
        className="col-span-full"
      >
        <Input
          value={input.customer}
          onChange={(event) => onChange({ customer: event.target.value })}
          placeholder="Any customer_identifier"
          autoComplete="off"
          spellCheck={false}
        />
      </Field>
    </fieldset>
  );
}
