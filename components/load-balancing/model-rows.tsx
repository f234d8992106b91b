import { Plus, X } from 'lucide-react';
import { useId } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { formatRate } from '@/lib/format';

/** A model as it is being entered. */
export interface ModelRow {
  readonly key: string;
  readonly model: string;
  readonly weight: string;
}

let serial = 0;

export function emptyRow(): ModelRow {
  serial += 1;
  return { key: `row-${serial}`, model: '', weight: '1' };
}

interface ModelRowsProps {
  rows: readonly ModelRow[];
  onChange: (rows: readonly ModelRow[]) => void;
  /** What is wrong, by path: "models.0.weight". */
  fields: Readonly<Record<string, string>>;
  knownModels: readonly string[];
}

/** The models of a group with their weights, and what share of the requests each would get. */
export function ModelRows({ rows, onChange, fields, knownModels }: ModelRowsProps) {
  const listId = useId();
  const total = rows.reduce((sum, row) => sum + weightOf(row), 0);
  const change = (key: string, part: Partial<ModelRow>) =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 font-medium text-sm">Models and weights</legend>
      {rows.map((row, index) => (
        <div key={row.key} className="flex items-start gap-2">
          <Field
            label={`Model ${index + 1}`}
            hideLabel
            error={fields[`models.${index}.model`]}
            className="min-w-0 flex-1"
          >
            <Input
              value={row.model}
              onChange={(event) => change(row.key, { model: event.target.value })}
              list={listId}
              placeholder="claude-sonnet-5-5"
              autoComplete="off"
              spellCheck={false}
              className="font-mono"
            />
          </Field>
          <Field
            label={`Weight ${index + 1}`}
            hideLabel
            error={fields[`models.${index}.weight`]}
            className="w-16 shrink-0"
          >
            <Input
              value={row.weight}
              onChange={(event) => change(row.key, { weight: event.target.value })}
              inputMode="numeric"
              autoComplete="off"
              className="text-right font-mono tabular-nums"
            />
          </Field>
          <span className="figures w-12 shrink-0 pt-2 text-right text-muted-foreground text-xs">
            {total > 0 ? formatRate(weightOf(row) / total) : '—'}
          </span>
          <Button
            variant="ghost"
            size="icon"
            aria-label={`Remove model ${index + 1}`}
            disabled={rows.length === 1}
            onClick={() => onChange(rows.filter(({ key }) => key !== row.key))}
          >
            <X aria-hidden />
          </Button>
        </div>
      ))}
      <datalist id={listId}>
        {knownModels.map((model) => (
          <option key={model} value={model} />
        ))}
      </datalist>
      <div>
        <Button size="sm" onClick={() => onChange([...rows, emptyRow()])}>
          <Plus aria-hidden />
          Add model
        </Button>
      </div>
    </fieldset>
  );
}

function weightOf({ weight }: ModelRow): number {
  const value = Number(weight);
  return value > 0 && Number.isFinite(value) ? value : 0;
}
