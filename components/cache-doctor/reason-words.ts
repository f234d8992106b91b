import type { Diagnosis, Reason } from '@/lib/cache-doctor/schema';
import { formatDurationMs, formatTokens } from '@/lib/format';
import type { Tone } from '../ui/badge';

interface Words {
  readonly tone: Tone;
  readonly label: string;
  /** What happened. */
  readonly what: (diagnosis: Diagnosis) => string;
  /** What to change; null where nothing is wrong. */
  readonly advice: string | null;
}

const SETTINGS: Readonly<Record<string, string>> = {
  speed: 'speed',
  tool_choice: 'tool_choice',
  thinking: 'thinking',
  effort: 'output_config.effort',
};

export const REASON_WORDS: Readonly<Record<Reason, Words>> = {
  hit: {
    tone: 'success',
    label: 'Read',
    what: ({ expectedTokens }) =>
      `All ${formatTokens(expectedTokens)} tokens that the call before had cached were read.`,
    advice: null,
  },
  first_call: {
    tone: 'neutral',
    label: 'First call',
    what: () => 'No earlier call begins as this one does, so there was nothing to read.',
    advice: null,
  },
  no_breakpoint: {
    tone: 'warning',
    label: 'No breakpoint',
    what: () => 'The request marks nothing for the cache, so the whole prompt was charged at the full price.',
    advice:
      'Add cache_control to the last block that stays the same from call to call, or at the top level of the request for the whole conversation.',
  },
  nothing_cached: {
    tone: 'neutral',
    label: 'Nothing cached before',
    what: () =>
      'The call before left nothing in the cache. It had no breakpoint, or less before it than the model caches (512 to 4,096 tokens, by model).',
    advice: 'Put the breakpoint behind more text, or cache nothing: short prompts cost little.',
  },
  model_changed: {
    tone: 'warning',
    label: 'Other model',
    what: () => 'The call before went to another model. Each model has a cache of its own.',
    advice: 'Keep a conversation with one model. A fallback or a load balance group may have changed it.',
  },
  credential_changed: {
    tone: 'warning',
    label: 'Other provider key',
    what: () => 'The call before was paid by another provider key. Caches are not shared between workspaces.',
    advice: 'Send a thread_identifier, so that a conversation stays with its key.',
  },
  setting_changed: {
    tone: 'warning',
    label: 'Setting changed',
    what: ({ change }) =>
      `${SETTINGS[change?.path ?? ''] ?? 'A setting'} is not what it was, and the cached messages hang on it.`,
    advice: 'Keep it the same through a conversation.',
  },
  content_changed: {
    tone: 'warning',
    label: 'Content changed',
    what: ({ change }) => `${change?.path ?? 'A block'} is not what it was. Everything from there on was read anew.`,
    advice:
      'Move what changes (a date, an id, an order that varies) behind the last breakpoint, and send earlier messages exactly as they were.',
  },
  lapsed: {
    tone: 'warning',
    label: 'Lapsed',
    what: ({ elapsedMs }) =>
      `The call before began ${formatDurationMs(elapsedMs)} earlier, longer than the cache keeps what it had cached.`,
    advice:
      'Where pauses are longer than 5 minutes, cache for an hour: cache_control {"type": "ephemeral", "ttl": "1h"}.',
  },
  too_early: {
    tone: 'warning',
    label: 'Too early',
    what: () => 'This call began before the answer to the one before had begun. Until then nothing can be read.',
    advice: 'Let the first of several parallel calls begin to answer before the others are sent.',
  },
  too_far_back: {
    tone: 'warning',
    label: 'Breakpoint too far on',
    what: () =>
      'More than 20 blocks lie between the last breakpoint and the one before; the provider looks no further back.',
    advice: 'Keep a second breakpoint some 15 blocks back in long turns with many tool calls.',
  },
  unknown: {
    tone: 'neutral',
    label: 'Not known',
    what: () => 'The two requests agree and the time had not passed. The provider may have dropped its entry early.',
    advice: null,
  },
};
