import type { Directives } from '../directives';
import type { Model } from '../model';
import type { MessageRequest } from '../validate/schema';
import type { ReplyBlock } from './blocks';
import { thought } from './prose';
import type { Seed } from './seed';
import { signThinking } from './signature';

const LONG_TEXT_CHARACTERS = 400;
const ASKS_TO_THINK = /\b(think|reason|step by step)\b/i;

/** The thought before the reply, if this model thinks about this request. */
export function thinkingBlocks(
  request: MessageRequest,
  model: Model,
  directives: Directives,
  text: string,
  seed: Seed,
): ReplyBlock[] {
  const hidden = thought(text, seed);
  if (directives.redacted) return [{ type: 'redacted_thinking', hidden, data: signThinking('') }];
  if (!thinks(request, model, text)) return [];
  const shown = displayOf(request, model) === 'omitted' ? '' : hidden;
  return [{ type: 'thinking', hidden, shown, signature: signThinking(shown) }];
}

/** A model that may decide thinks when it is asked to, or has much to read; at low effort it does not. */
function thinks(request: MessageRequest, model: Model, text: string): boolean {
  const type = request.thinking?.type;
  if (type === 'enabled') return true;
  if (type === 'disabled' || type === 'between_tools' || (!type && !model.thinking.onByDefault)) return false;
  if (request.output_config?.effort === 'low') return false;
  return type === 'adaptive' || text.length > LONG_TEXT_CHARACTERS || ASKS_TO_THINK.test(text);
}

function displayOf(request: MessageRequest, model: Model): 'summarized' | 'omitted' {
  const asked = request.thinking && 'display' in request.thinking ? request.thinking.display : null;
  if (asked) return asked === 'omitted' ? 'omitted' : 'summarized';
  return model.generation >= 4.7 ? 'omitted' : 'summarized';
}
