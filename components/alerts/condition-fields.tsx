import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import {
  CUSTOMER_WINDOW_MINUTES,
  formatWindow,
  hasPercentile,
  METRICS,
  metricSchema,
  PERCENTILES,
  WINDOWS_MINUTES,
} from '@/lib/alerts/schema';
import { type AlertInput, unitWords } from './alert-input';

const METRIC_OPTIONS = metricSchema.options.map((value) => ({ value, label: METRICS[value].label }));
const PERCENTILE_OPTIONS = PERCENTILES.map((value) => ({ value: String(value), label: `p${value}` }));
const DIRECTIONS = [
  { value: 'above', label: 'above' },
  { value: 'below', label: 'below' },
] as const;

export interface FieldsProps {
  input: AlertInput;
  onChange: (part: Partial<AlertInput>) => void;
  /** What is wrong, by field. */
  fields: Readonly<Record<string, string>>;
}

/** What is measured, over how long, and where its bounds are. */
export function ConditionFields({ input, onChange, fields }: FieldsProps) {
  const { metric, customer } = input;
  const windows = WINDOWS_MINUTES.map((minutes) => ({
    value: String(minutes),
    label: formatWindow(minutes),
    disabled: customer.trim() !== '' && minutes < CUSTOMER_WINDOW_MINUTES,
  }));
  return (
    <fieldset className="grid grid-cols-2 gap-x-4 gap-y-3 max-md:grid-cols-1">
      <legend className="sr-only">Condition</legend>
      <div className="flex gap-2">
        <Field label="Measure" error={fields.metric} className="min-w-0 flex-1">
          <Select options={METRIC_OPTIONS} value={metric} onValueChange={(value) => onChange({ metric: value })} />
        </Field>
        {hasPercentile(metric) && (
          <Field label="Percentile" error={fields.percentile} className="w-20">
            <Select
              options={PERCENTILE_OPTIONS}
              value={input.percentile}
              onValueChange={(percentile) => onChange({ percentile })}
            />
          </Field>
        )}
      </div>
      <div className="flex gap-2">
        <Field label="Is" className="w-24">
          <Select options={DIRECTIONS} value={input.direction} onValueChange={(direction) => onChange({ direction })} />
        </Field>
        <Field label={`Threshold (${unitWords(metric)})`} error={fields.threshold} className="min-w-0 flex-1">
          <Input
            value={input.threshold}
            onChange={(event) => onChange({ threshold: event.target.value })}
            inputMode="decimal"
            autoComplete="off"
            className="font-mono tabular-nums"
          />
        </Field>
      </div>
      <Field label="Over the last" error={fields.windowMinutes}>
        <Select
          options={windows}
          value={input.windowMinutes}
          onValueChange={(windowMinutes) => onChange({ windowMinutes })}
        />
      </Field>
      <Field label="Among at least" hint="Requests. With fewer nothing is concluded." error={fields.minimumRequests}>
        <Input
          value={input.minimumRequests}
          onChange={(event) => onChange({ minimumRequests: event.target.value })}
          inputMode="numeric"
          autoComplete="off"
          className="font-mono tabular-nums"
        />
      </Field>
    </fieldset>
  );
}
