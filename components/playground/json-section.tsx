import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Textarea } from '../ui/textarea';
import { FoldedSection } from './folded-section';

interface JsonSectionProps {
  title: string;
  label: string;
  hint: string;
  value: string;
  check: (typed: string) => { summary: string } | { problem: string };
  example: { label: string; insert: (typed: string) => string };
  onChange: (typed: string) => void;
}

/** JSON that is checked as it is typed. */
export function JsonSection({ title, label, hint, value, check, example, onChange }: JsonSectionProps) {
  const checked = check(value);
  const problem = 'problem' in checked ? checked.problem : undefined;
  return (
    <FoldedSection title={title} summary={'problem' in checked ? 'Not valid' : checked.summary || 'None'}>
      <Field label={label} hint={hint} error={problem}>
        <Textarea
          value={value}
          onChange={(event) => onChange(event.target.value)}
          spellCheck={false}
          className="font-mono text-xs"
        />
      </Field>
      <Button size="sm" className="self-start" disabled={!!problem} onClick={() => onChange(example.insert(value))}>
        {example.label}
      </Button>
    </FoldedSection>
  );
}
