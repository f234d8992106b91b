import { isRecord } from '../is-record';
import type { LogRecord } from '../log-record';
import { previewOfContent, previewOfMessages, previewOfReply } from './preview';
import type { ParsedLog } from './schema';
import { withoutSecretMembers } from './secrets';
import { storableJson } from './storable';

const REQUEST_FIELDS = [
  ...(['prompt_messages', 'input', 'full_request', 'tools', 'tool_choice', 'response_format', 'variables'] as const),
  ...(['temperature', 'top_p', 'frequency_penalty', 'presence_penalty', 'max_tokens', 'stop', 'n'] as const),
  'audio_input_file' as const,
];
/** The first of these that was sent is the reply; the others are kept beside it. */
const REPLY_FIELDS = ['completion_message', 'completion_messages', 'output', 'full_response'] as const;
const BESIDE_FIELDS = ['tool_calls', 'reasoning', 'embedding', 'audio_output_file', 'ideal_output'] as const;

type Content = Pick<LogRecord, 'promptPreview' | 'replyPreview' | 'payload'>;

/** Bodies and previews of a log; null where a body is nested too deeply to be written. */
export function readContent(log: ParsedLog): Content | null {
  if (log.disable_log) return { promptPreview: null, replyPreview: null, payload: null };
  const request = toJson(pick(log, REQUEST_FIELDS));
  const response = toJson(replyOf(log));
  if (request === null || response === null) return null;
  const { completion_message, completion_messages, output, full_response, error_message } = log;
  return {
    promptPreview:
      previewOfPrompt(log.prompt_messages) ?? previewOfPrompt(log.input) ?? previewOfPrompt(log.full_request),
    replyPreview:
      previewOfAnswer(completion_message) ??
      previewOfAnswer(completion_messages) ??
      previewOfAnswer(output) ??
      previewOfAnswer(full_response) ??
      previewOfContent(error_message),
    payload: { request: request || null, response: response || null, requestHeaders: null, responseHeaders: null },
  };
}

/** Empty for nothing, null for what can't be written. */
function toJson(value: unknown): string | null {
  return value === null ? '' : storableJson(value);
}

function pick(log: ParsedLog, names: readonly (keyof ParsedLog)[]): Record<string, unknown> | null {
  const entries = names.flatMap((name) => (log[name] === null ? [] : [[name, withoutSecrets(log[name])] as const]));
  return entries.length > 0 ? Object.fromEntries(entries) : null;
}

/** One reply alone stays as it came; what belongs to it goes into it, or beside it where it is no object. */
function replyOf(log: ParsedLog): unknown {
  const main = REPLY_FIELDS.find((name) => log[name] !== null);
  const beside = pick(log, [...REPLY_FIELDS.filter((name) => name !== main), ...BESIDE_FIELDS]);
  if (!main) return beside;
  const reply = withoutSecrets(log[main]);
  if (!beside) return reply;
  return isRecord(reply) ? { ...beside, ...reply } : { [main]: reply, ...beside };
}

/** A logged request can carry somebody's credential, as parameters of ours; those are never stored. */
function withoutSecrets(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const kept = withoutSecretMembers(value);
  return isRecord(kept.metadata) ? { ...kept, metadata: withoutSecretMembers(kept.metadata) } : kept;
}

function previewOfPrompt(value: unknown): string | null {
  const messages = isRecord(value) && 'messages' in value ? value.messages : value;
  return previewOfMessages(messages) ?? previewOfContent(messages);
}

/** A message, a list of them, or a provider's whole response. */
function previewOfAnswer(value: unknown): string | null {
  if (isRecord(value) && Array.isArray(value.choices)) {
    const choice: unknown = value.choices[0];
    return isRecord(choice) ? previewOfReply(choice.message) : null;
  }
  if (!Array.isArray(value)) return previewOfReply(value);
  return (
    previewOfReply(value.findLast((message) => isRecord(message) && 'content' in message)) ?? previewOfContent(value)
  );
}
