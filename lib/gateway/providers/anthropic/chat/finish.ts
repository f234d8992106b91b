import { asRecord, asString } from './json';

const FINISH_REASONS: ReadonlyMap<unknown, FinishReason> = new Map([
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['pause_turn', 'stop'],
  ['max_tokens', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['tool_use', 'tool_calls'],
  ['refusal', 'content_filter'],
]);

export type FinishReason = 'stop' | 'length' | 'tool_calls' | 'function_call' | 'content_filter';

/** OpenAI's word for why a message ended; "stop" for reasons that did not exist when this was written. */
export function toFinishReason(stopReason: unknown, legacyFunctions = false): FinishReason {
  const reason = FINISH_REASONS.get(stopReason) ?? 'stop';
  return reason === 'tool_calls' && legacyFunctions ? 'function_call' : reason;
}

/** What OpenAI clients find in `message.refusal`; null unless the model refused. */
export function refusalText(stopReason: unknown, stopDetails: unknown): string | null {
  if (stopReason !== 'refusal') return null;
  return asString(asRecord(stopDetails).explanation) || 'The model declined to answer this request.';
}

export function toServiceTier(anthropicTier: unknown): string | null {
  if (anthropicTier === 'standard') return 'default';
  return anthropicTier === 'priority' ? anthropicTier : null;
}

export function completionId(id: string): string {
  return id.startsWith('chatcmpl-') ? id : `chatcmpl-${id}`;
}
