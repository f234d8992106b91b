import { CircleAlert, Plus, X } from 'lucide-react';
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
        <Row
          key={row.key}
          row={row}
          position={index + 1}
          share={total > 0 ? weightOf(row) / total : null}
          errors={{ model: fields[`models.${index}.model`], weight: fields[`models.${index}.weight`] }}
          listId={listId}
          onChange={(part) => change(row.key, part)}
          onRemove={rows.length > 1 ? () => onChange(rows.filter(({ key }) => key !== row.key)) : null}
        />
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

interface RowProps {
  row: ModelRow;
  position: number;
  share: number | null;
  errors: { model: string | undefined; weight: string | undefined };
  listId: string;
  onChange: (part: Partial<ModelRow>) => void;
  /** Null for the last one left. */
  onRemove: (() => void) | null;
}

/** What is wrong stands under the whole row: the weight's own column is too narrow for a sentence. */
function Row({ row, position, share, errors, listId, onChange, onRemove }: RowProps) {
  const errorId = useId();
  const said = [errors.model, errors.weight].filter((error) => error !== undefined);
  const wrong = (error: string | undefined) => ({
    'aria-invalid': error ? true : undefined,
    'aria-describedby': error ? errorId : undefined,
  });
  return (
    <div className="flex flex-wrap items-center gap-2 max-md:justify-end">
      <Field label={`Model ${position}`} hideLabel className="min-w-0 flex-1 max-md:basis-full">
        <Input
          {...wrong(errors.model)}
          value={row.model}
          onChange={(event) => onChange({ model: event.target.value })}
          list={listId}
          placeholder="claude-sonnet-5-5"
          autoComplete="off"
          spellCheck={false}
          className="font-mono"
        />
      </Field>
      <Field label={`Weight ${position}`} hideLabel className="w-16 shrink-0">
        <Input
          {...wrong(errors.weight)}
          value={row.weight}
          onChange={(event) => onChange({ weight: event.target.value })}
          inputMode="numeric"
          autoComplete="off"
          className="text-right font-mono tabular-nums"
        />
      </Field>
      <span className="figures w-12 shrink-0 text-right text-muted-foreground text-xs">{formatRate(share)}</span>
      <Button
        variant="ghost"
        size="icon"
        aria-label={`Remove model ${position}`}
        disabled={onRemove === null}
        onClick={onRemove ?? undefined}
      >
        <X aria-hidden />
      </Button>
      {said.length > 0 && (
        <div id={errorId} role="alert" className="basis-full text-danger text-xs">
          {said.map((error) => (
            <p key={error} className="flex gap-1.5">
              <CircleAlert className="mt-px size-3.5 shrink-0" aria-hidden />
              {error}
            </p>
          ))}
        </div>
      )}
    </div>
  );
}

function weightOf({ weight }: ModelRow): number {
  const value = Number(weight);
  return value > 0 && Number.isFinite(value) ? value : 0;
}
