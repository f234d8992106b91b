import type { PromptUsage } from './cache';
import { newId } from './ids';
import type { Model } from './model';
import { blockToWire } from './reply/blocks';
import type { Reply } from './reply/compose';
import { deltaUsage, messageUsage, type ServiceUsage, startUsage } from './usage';

/** One answer with what it used, not yet in either of its two forms. */
export interface Answer {
  readonly id: string;
  readonly model: Model;
  readonly reply: Reply;
  readonly service: ServiceUsage;
  /** The prompt as the first sampling saw it; `reply.prompt` is the total. */
  readonly startPrompt: PromptUsage;
}

export function newAnswer(answer: Omit<Answer, 'id'>): Answer {
  return { id: newId('msg'), ...answer };
}

/** The whole message, as an answer without streaming gives it. */
export function wholeMessage({ id, model, reply, service }: Answer) {
  return {
    ...frame(id, model),
    content: reply.blocks.map(blockToWire),
    stop_reason: reply.stopReason,
    stop_sequence: reply.stopSequence,
    stop_details: reply.stopDetails,
    container: null,
    diagnostics: null,
    usage: messageUsage(reply.prompt, reply.output, service),
  };
}

/** The message of `message_start`. */
export function emptyMessage({ id, model, startPrompt, reply, service }: Answer) {
  return {
    ...frame(id, model),
    content: [],
    stop_reason: null,
    stop_sequence: null,
    stop_details: null,
    container: null,
    diagnostics: null,
    usage: startUsage(startPrompt, Math.min(1, reply.output.outputTokens), service),
  };
}

/** The `message_delta` event that ends a stream. */
export function messageDelta({ reply }: Answer) {
  return {
    type: 'message_delta',
    delta: {
      stop_reason: reply.stopReason,
      stop_sequence: reply.stopSequence,
      ...(reply.stopDetails ? { stop_details: reply.stopDetails } : {}),
    },
    usage: deltaUsage(reply.prompt, reply.output),
  };
}

function frame(id: string, model: Model) {
  return { id, type: 'message', role: 'assistant', model: model.id };
}
