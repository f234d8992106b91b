import type { MessageParam } from './blocks';
import type { Effort, ModelRules, ThinkingType } from './model-rules';
import type { ChatRequest } from './schema';

export interface Thinking {
  readonly type: string;
  readonly budget_tokens?: number;
  readonly display?: string | null;
}

export interface ReasoningSettings {
  readonly thinking: Thinking | null;
  readonly effort: Effort | null;
}

const SMALLEST_BUDGET_TOKENS = 1024;
const BUDGET_TOKENS: Readonly<Record<Effort, number>> = {
  low: 1024,
  medium: 4096,
  high: 16_384,
  xhigh: 24_576,
  max: 32_000,
};

/**
 * `reasoning_effort` and `thinking` as this model takes them. An effort asks a model that thinks on request only to
 * think, and to show a summary: that is where `reasoning_content` comes from.
 * @param maxTokens the caller's limit, null where it set none
 */
export function toReasoning(
  request: Pick<ChatRequest, 'reasoning_effort' | 'thinking'>,
  rules: ModelRules,
  situation: { forcedTool: boolean; maxTokens: number | null; messages: readonly MessageParam[] },
  warnings: Set<string>,
): ReasoningSettings {
  const wanted = request.reasoning_effort ?? null;
  const effort = wanted === null || wanted === 'none' ? null : supportedEffort(wanted, rules, warnings);
  if (request.thinking) return limited({ thinking: adapted(request.thinking, rules, warnings), effort }, warnings);
  if (wanted === null) return { thinking: null, effort: null };
  if (wanted === 'none') return { thinking: adapted({ type: 'disabled' }, rules, warnings), effort: null };
  return { thinking: derived(wanted === 'minimal' ? 'low' : wanted, rules, situation, warnings), effort };
}

/** Whether the request itself switches thinking on, which forbids forcing a tool and changing the sampling. */
export function isThinkingOn(thinking: Thinking | null): boolean {
  return thinking?.type === 'adaptive' || thinking?.type === 'enabled';
}

function supportedEffort(wanted: Effort | 'minimal', rules: ModelRules, warnings: Set<string>): Effort | null {
  const effort = wanted === 'minimal' ? 'low' : wanted;
  if (rules.efforts.length === 0) return null;
  if (rules.efforts.includes(effort)) return effort;
  warnings.add(`This model has no reasoning_effort "${effort}": "high" was sent instead.`);
  return 'high';
}

/** Thinking as the caller asked for it, or the nearest that the model takes. */
function adapted(asked: Thinking, rules: ModelRules, warnings: Set<string>): Thinking | null {
  const takes = (type: ThinkingType) => rules.thinking.includes(type);
  const note = (sent: string) => warnings.add(`This model refuses thinking of type "${asked.type}": ${sent}.`);
  switch (asked.type) {
    case 'enabled':
      if (takes('enabled') || !takes('adaptive')) return asked;
      note('"adaptive" was sent instead');
      return { type: 'adaptive', display: asked.display ?? 'summarized' };
    case 'adaptive':
      if (takes('adaptive') || !takes('enabled')) return asked;
      note(`"enabled" with a budget of ${BUDGET_TOKENS.medium} tokens was sent instead`);
      return { type: 'enabled', budget_tokens: BUDGET_TOKENS.medium };
    case 'disabled':
      if (takes('disabled')) return rules.thinksByDefault ? asked : null;
      if (!rules.thinksByDefault) return null;
      note(takes('between_tools') ? 'it was limited to between tool calls' : 'it can not be switched off');
      return takes('between_tools') ? { type: 'between_tools' } : null;
    case 'between_tools':
      if (takes('between_tools')) return asked;
      note('it was not sent');
      return null;
    default:
      return asked;
  }
}

/** Anthropic takes the two highest efforts only together with unlimited thinking. */
function limited(settings: ReasoningSettings, warnings: Set<string>): ReasoningSettings {
  const { thinking, effort } = settings;
  const isLimited = thinking?.type === 'disabled' || thinking?.type === 'between_tools';
  if (!isLimited || (effort !== 'xhigh' && effort !== 'max')) return settings;
  warnings.add(`reasoning_effort "${effort}" needs thinking: "high" was sent instead.`);
  return { thinking, effort: 'high' };
}

function derived(
  effort: Effort,
  rules: ModelRules,
  situation: { forcedTool: boolean; maxTokens: number | null; messages: readonly MessageParam[] },
  warnings: Set<string>,
): Thinking | null {
  if (rules.thinking.includes('adaptive')) {
    return situation.forcedTool ? null : { type: 'adaptive', display: 'summarized' };
  }
  const obstacle = budgetObstacle(rules, situation);
  if (obstacle !== null) {
    if (rules.efforts.length === 0) warnings.add(`reasoning_effort was not sent: ${obstacle}.`);
    return null;
  }
  const room = situation.maxTokens === null ? Number.POSITIVE_INFINITY : Math.floor(situation.maxTokens * 0.8);
  return { type: 'enabled', budget_tokens: Math.max(SMALLEST_BUDGET_TOKENS, Math.min(BUDGET_TOKENS[effort], room)) };
}

function budgetObstacle(
  rules: ModelRules,
  {
    forcedTool,
    maxTokens,
    messages,
  }: { forcedTool: boolean; maxTokens: number | null; messages: readonly MessageParam[] },
): string | null {
  if (!rules.thinking.includes('enabled')) return 'this model does not think';
  if (forcedTool) return 'this model can not think when tool_choice forces a tool';
  if (maxTokens !== null && maxTokens <= SMALLEST_BUDGET_TOKENS) {
    return `this model needs max_tokens over ${SMALLEST_BUDGET_TOKENS} to think`;
  }
  return hasUnthoughtCall(messages) ? 'the tool call being answered came without its thinking_blocks' : null;
}

/** Models with a thinking budget refuse to go on from a tool call whose thinking is missing. */
function hasUnthoughtCall(messages: readonly MessageParam[]): boolean {
  const last = messages.findLast((message) => message.role === 'assistant');
  const first = last?.content[0]?.type;
  return (
    last?.content.some((block) => block.type === 'tool_use') === true &&
    first !== 'thinking' &&
    first !== 'redacted_thinking'
  );
}
