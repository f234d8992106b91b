export type ThinkingType = 'adaptive' | 'enabled' | 'disabled' | 'between_tools';
export type Effort = 'low' | 'medium' | 'high' | 'xhigh' | 'max';

/** What a model takes, where models differ. */
export interface ModelRules {
  /** Whether temperature, top_p and top_k may differ from their defaults. */
  readonly sampling: boolean;
  /** Whether tool_choice may be "any" or name a tool. */
  readonly forcedToolChoice: boolean;
  /** Whether the model thinks when the request does not say. */
  readonly thinksByDefault: boolean;
  readonly thinking: readonly ThinkingType[];
  /** From low to high; empty where effort is refused. */
  readonly efforts: readonly Effort[];
}

const EVERY_EFFORT: readonly Effort[] = ['low', 'medium', 'high', 'xhigh', 'max'];

/** Thinking can't be switched off, tools can't be forced. */
const ALWAYS_THINKING: ModelRules = {
  sampling: false,
  forcedToolChoice: false,
  thinksByDefault: true,
  thinking: ['adaptive'],
  efforts: EVERY_EFFORT,
};
const THINKING_BY_DEFAULT: ModelRules = {
  ...ALWAYS_THINKING,
  forcedToolChoice: true,
  thinking: ['adaptive', 'disabled'],
};
const THINKING_ON_REQUEST: ModelRules = { ...THINKING_BY_DEFAULT, thinksByDefault: false };
const GENERATION_4_6: ModelRules = {
  ...THINKING_ON_REQUEST,
  sampling: true,
  thinking: ['adaptive', 'enabled', 'disabled'],
  efforts: ['low', 'medium', 'high', 'max'],
};
const BUDGETED_THINKING: ModelRules = { ...GENERATION_4_6, thinking: ['enabled', 'disabled'], efforts: [] };
const NO_THINKING: ModelRules = { ...BUDGETED_THINKING, thinking: [] };
/** For names that are not Claude's: everything is passed on, and the provider judges. */
const ANYTHING: ModelRules = {
  ...GENERATION_4_6,
  thinking: ['adaptive', 'enabled', 'disabled', 'between_tools'],
  efforts: EVERY_EFFORT,
};

const RULES: Readonly<Record<string, ModelRules>> = {
  'fable-5-2': ALWAYS_THINKING,
  'mythos-5-2': ALWAYS_THINKING,
  'fable-5-1': ALWAYS_THINKING,
  'mythos-5-1': ALWAYS_THINKING,
  'fable-5': { ...ALWAYS_THINKING, forcedToolChoice: true },
  'mythos-5': { ...ALWAYS_THINKING, forcedToolChoice: true },
  'mythos-preview': { ...ALWAYS_THINKING, forcedToolChoice: true, thinking: ['adaptive', 'enabled'] },
  'opus-5-5': ALWAYS_THINKING,
  'opus-5': THINKING_BY_DEFAULT,
  'opus-4-8': THINKING_ON_REQUEST,
  'opus-4-7': THINKING_ON_REQUEST,
  'opus-4-6': GENERATION_4_6,
  'opus-4-5': { ...BUDGETED_THINKING, efforts: ['low', 'medium', 'high'] },
  'opus-4-1': BUDGETED_THINKING,
  'opus-4': BUDGETED_THINKING,
  'opus-3': NO_THINKING,
  'sonnet-5-5': { ...ALWAYS_THINKING, thinking: ['adaptive', 'between_tools'] },
  'sonnet-5': THINKING_BY_DEFAULT,
  'sonnet-4-6': GENERATION_4_6,
  'sonnet-4-5': BUDGETED_THINKING,
  'sonnet-4': BUDGETED_THINKING,
  'sonnet-3-7': BUDGETED_THINKING,
  'sonnet-3-5': NO_THINKING,
  'haiku-5-5': THINKING_BY_DEFAULT,
  'haiku-4-5': BUDGETED_THINKING,
  'haiku-3-5': NO_THINKING,
  'haiku-3': NO_THINKING,
};

/** The rules of a model by any of its names: dated, `-latest`, or with a platform's prefix. */
export function modelRules(model: string): ModelRules {
  const name = model.toLowerCase().replaceAll('.', '-');
  if (name.includes('mythos-preview')) return RULES['mythos-preview'] ?? ANYTHING;
  const version = readVersion(name);
  if (version === null) return ANYTHING;
  const { family, major, minor } = version;
  const known = RULES[minor === 0 ? `${family}-${major}` : `${family}-${major}-${minor}`];
  // A model newer than this table keeps the rules that all its predecessors since 4.7 share.
  return known ?? (major >= 5 || (major === 4 && minor >= 7) ? THINKING_BY_DEFAULT : ANYTHING);
}

/** "claude-opus-4-5-20251101", and before version 4 "claude-3-5-sonnet-20241022". */
function readVersion(name: string): { family: string; major: number; minor: number } | null {
  const current = /claude-([a-z]+)-(\d{1,2})(?:-(\d{1,2}))?(?!\d)/.exec(name);
  if (current?.[1]) return { family: current[1], major: Number(current[2]), minor: Number(current[3] ?? 0) };
  const old = /claude-(\d)(?:-(\d))?-([a-z]+)/.exec(name);
  if (old?.[3]) return { family: old[3], major: Number(old[1]), minor: Number(old[2] ?? 0) };
  return null;
}
