import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { Select } from '../ui/select';
import { Textarea } from '../ui/textarea';
import { EFFORTS, type Settings, THINKING_MODES } from './draft';
import { FoldedSection } from './folded-section';
import { settingProblem, stopsOf } from './settings';
import { objectFrom } from './tools';

interface SettingsSectionProps {
  settings: Settings;
  onChange: (settings: Settings) => void;
}

type Numbered = 'maxTokens' | 'temperature' | 'topP' | 'thinkingTokens';

const THINKING_WORDS: Readonly<Record<Settings['thinking'], string>> = {
  default: "The model's own",
  disabled: 'Off',
  adaptive: 'Adaptive',
  between_tools: 'Between tools',
  enabled: 'With a budget',
};

const EFFORT_WORDS: Readonly<Record<Settings['effort'], string>> = {
  default: "The model's own",
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  xhigh: 'Very high',
  max: 'Max',
};

/** Parameters. One that is left empty is not sent. */
export function SettingsSection({ settings, onChange }: SettingsSectionProps) {
  const set = (patch: Partial<Settings>) => onChange({ ...settings, ...patch });
  const other = objectFrom(settings.other, 'It');
  const number = (name: Numbered, label: string, placeholder?: string) => (
    <Field label={label} error={settingProblem(settings, name) ?? undefined}>
      <Input
        inputMode="decimal"
        value={settings[name]}
        placeholder={placeholder}
        onChange={(event) => set({ [name]: event.target.value })}
      />
    </Field>
  );
  return (
    <FoldedSection title="Parameters" summary={summaryOf(settings)}>
      <div className="grid grid-cols-3 gap-3 max-sm:grid-cols-2">
        {number('maxTokens', 'Max tokens')}
        {number('temperature', 'Temperature', 'Not sent')}
        {number('topP', 'Top P', 'Not sent')}
        <Field label="Thinking">
          <Select
            className="w-full"
            value={settings.thinking}
            onValueChange={(thinking) => set({ thinking })}
            options={THINKING_MODES.map((value) => ({ value, label: THINKING_WORDS[value] }))}
          />
        </Field>
        {settings.thinking === 'enabled' && number('thinkingTokens', 'Thinking tokens')}
        <Field label="Effort">
          <Select
            className="w-full"
            value={settings.effort}
            onValueChange={(effort) => set({ effort })}
            options={EFFORTS.map((value) => ({ value, label: EFFORT_WORDS[value] }))}
          />
        </Field>
      </div>
      <Field label="Stop sequences" hint="One a line.">
        <Textarea
          value={settings.stop}
          onChange={(event) => set({ stop: event.target.value })}
          className="min-h-9 font-mono text-xs"
        />
      </Field>
      <Field
        label="Other parameters"
        hint="A JSON object that is added to the request as it is, such as tool_choice."
        error={other.ok ? undefined : other.problem}
      >
        <Textarea
          value={settings.other}
          onChange={(event) => set({ other: event.target.value })}
          spellCheck={false}
          className="min-h-9 font-mono text-xs"
        />
      </Field>
    </FoldedSection>
  );
}

function summaryOf(settings: Settings): string {
  const { maxTokens, temperature, topP, thinking, effort, other } = settings;
  const stops = stopsOf(settings).length;
  return [
    `${maxTokens || '—'} tokens`,
    temperature && `temperature ${temperature}`,
    topP && `top P ${topP}`,
    thinking !== 'default' && `thinking: ${THINKING_WORDS[thinking].toLowerCase()}`,
    effort !== 'default' && `effort: ${EFFORT_WORDS[effort].toLowerCase()}`,
    stops > 0 && (stops === 1 ? '1 stop sequence' : `${stops} stop sequences`),
    other.trim() && 'and others',
  ]
    .filter(Boolean)
    .join(', ');
}
