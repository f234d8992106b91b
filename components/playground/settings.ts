import type { Settings } from './draft';

type Named = 'maxTokens' | 'temperature' | 'topP' | 'thinkingTokens';

const LIMITS: Readonly<Record<Named, { label: string; from: number; to: number; whole: boolean }>> = {
  maxTokens: { label: 'Max tokens', from: 1, to: 1_000_000, whole: true },
  temperature: { label: 'Temperature', from: 0, to: 2, whole: false },
  topP: { label: 'Top P', from: 0, to: 1, whole: false },
  thinkingTokens: { label: 'Thinking tokens', from: 1024, to: 1_000_000, whole: true },
};

/** A setting as a number; null where it is left empty or is none. */
export function numberOf(settings: Settings, name: Named): number | null {
  const typed = settings[name].trim();
  return typed === '' || settingProblem(settings, name) ? null : Number(typed);
}

/** What is wrong with a setting as it was typed, in words; null where nothing is. */
export function settingProblem(settings: Settings, name: Named): string | null {
  const typed = settings[name].trim();
  const { label, from, to, whole } = LIMITS[name];
  if (typed === '') return name === 'maxTokens' ? 'Max tokens is needed.' : null;
  const value = Number(typed);
  if (Number.isNaN(value) || value < from || value > to || (whole && !Number.isInteger(value)))
    return `${label} must be a ${whole ? 'whole number' : 'number'} from ${from} to ${to}.`;
  return null;
}

export function stopsOf({ stop }: Settings): string[] {
  return stop.split('\n').filter((line) => line !== '');
}
