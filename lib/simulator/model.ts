export type ThinkingType = 'adaptive' | 'enabled' | 'disabled' | 'between_tools';
export type Effort = 'low' | 'medium' | 'high' | 'xhigh' | 'max';

/** What the simulator knows of one model. Token figures are the synchronous API's limits. */
export interface Model {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly displayName: string;
  readonly line: 'haiku' | 'sonnet' | 'opus' | 'fable' | 'mythos';
  /** 4.7, 5.5 …: most rules begin with a generation. */
  readonly generation: number;
  readonly releasedOn: string;
  readonly lifecycle: 'active' | 'deprecated' | 'retired';
  readonly deprecatedOn: string | null;
  readonly retiresOn: string | null;
  readonly contextTokens: number;
  readonly maxOutputTokens: number;
  /** `onByDefault`: the model thinks adaptively when the request has no `thinking`. */
  readonly thinking: { readonly onByDefault: boolean; readonly accepts: readonly ThinkingType[] };
  readonly efforts: readonly Effort[];
  readonly defaultEffort: Effort;
  /** Whether `tool_choice` may be `any` or `tool`. */
  readonly forcedToolChoice: boolean;
  readonly minCacheableTokens: number;
  /** Tokens that the tool system prompt adds: with a free choice, and with a forced one. */
  readonly toolPromptTokens: { readonly auto: number; readonly forced: number };
  readonly fastMode: 'available' | 'beta' | 'ignored' | 'rejected' | 'none';
}

const BIG_CONTEXT = { contextTokens: 1_000_000, maxOutputTokens: 128_000 };
export const MEDIUM = { contextTokens: 200_000, maxOutputTokens: 64_000 };
export const OLD = { contextTokens: 200_000, maxOutputTokens: 32_000 };
export const ALWAYS_THINKS = { onByDefault: true, accepts: ['adaptive'] } as const;
export const MAY_THINK = { onByDefault: true, accepts: ['adaptive', 'disabled'] } as const;
export const ADAPTIVE_ON_REQUEST = { onByDefault: false, accepts: ['adaptive', 'disabled'] } as const;
export const BOTH_ON_REQUEST = { onByDefault: false, accepts: ['adaptive', 'enabled', 'disabled'] } as const;
export const MANUAL = { onByDefault: false, accepts: ['enabled', 'disabled'] } as const;
export const NO_THINKING = { onByDefault: false, accepts: ['disabled'] } as const;
const ALL_EFFORTS = ['low', 'medium', 'high', 'xhigh', 'max'] as const;
export const EFFORTS_4_6 = ['low', 'medium', 'high', 'max'] as const;
export const EFFORTS_4_5 = ['low', 'medium', 'high'] as const;
export const NO_EFFORTS: readonly Effort[] = [];

export type ModelFacts = Partial<Model> &
  Pick<Model, 'line' | 'generation' | 'releasedOn' | 'thinking' | 'minCacheableTokens'>;

/** A current model: the facts that differ from the usual ones. */
export function model(id: string, displayName: string, facts: ModelFacts): Model {
  return {
    id,
    displayName,
    aliases: [],
    lifecycle: 'active',
    deprecatedOn: null,
    retiresOn: null,
    ...BIG_CONTEXT,
    efforts: ALL_EFFORTS,
    defaultEffort: 'high',
    forcedToolChoice: true,
    toolPromptTokens: { auto: 286, forced: 406 },
    fastMode: 'none',
    ...facts,
  };
}
