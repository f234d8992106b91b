import { Plus, X } from 'lucide-react';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { Select } from '../ui/select';
import { Textarea } from '../ui/textarea';
import { type Draft, newId, type ValueSet } from './draft';
import { FoldedSection } from './folded-section';
import { chosenValues, variablesOf } from './variables';

interface VariablesSectionProps {
  draft: Draft;
  onChange: (patch: Partial<Draft>) => void;
}

/** Values for what stands between double braces, in sets to switch between. */
export function VariablesSection({ draft, onChange }: VariablesSectionProps) {
  const names = variablesOf(draft);
  const { valueSets } = draft;
  const chosen = valueSets.find(({ id }) => id === draft.valueSet) ?? valueSets[0];
  if (!chosen) return null;
  const values = chosenValues(draft);
  const missing = names.filter((name) => values[name] === undefined).length;
  const changeSet = (patch: Partial<ValueSet>) =>
    onChange({ valueSets: valueSets.map((set) => (set.id === chosen.id ? { ...set, ...patch } : set)) });
  const add = () => {
    const added = { id: newId(), name: `Set ${valueSets.length + 1}`, values: { ...chosen.values } };
    onChange({ valueSets: [...valueSets, added], valueSet: added.id });
  };
  const remove = () => {
    const left = valueSets.filter(({ id }) => id !== chosen.id);
    onChange({ valueSets: left, valueSet: left[0]?.id ?? '' });
  };
  const summary =
    names.length === 0 ? 'None' : `${names.join(', ')}${missing > 0 ? `, ${missing} without a value` : ''}`;
  return (
    <FoldedSection title="Variables" summary={summary}>
      {names.length === 0 && (
        <p className="text-muted-foreground text-xs">
          Write {'{{name}}'} in the system prompt or a message, and give it a value here.
        </p>
      )}
      {names.length > 0 && (
        <div className="flex flex-wrap items-end gap-2">
          <Field label="Set of values" className="min-w-32">
            <Select
              value={chosen.id}
              options={valueSets.map(({ id, name }) => ({ value: id, label: name || 'Unnamed' }))}
              onValueChange={(valueSet) => onChange({ valueSet })}
            />
          </Field>
          <Field label="Name of the set" className="min-w-32 flex-1">
            <Input value={chosen.name} onChange={(event) => changeSet({ name: event.target.value })} />
          </Field>
          <Button onClick={add}>
            <Plus aria-hidden />
            Add set
          </Button>
          {valueSets.length > 1 && (
            <Button variant="ghost" size="icon" aria-label={`Remove ${chosen.name}`} onClick={remove}>
              <X aria-hidden />
            </Button>
          )}
        </div>
      )}
      {names.map((name) => (
        <Field key={name} label={name}>
          <Textarea
            className="min-h-8"
            value={values[name] ?? ''}
            onChange={(event) => changeSet({ values: { ...chosen.values, [name]: event.target.value } })}
          />
        </Field>
      ))}
    </FoldedSection>
  );
}
