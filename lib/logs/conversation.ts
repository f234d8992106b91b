import { blocksOf, messageBlocks } from './blocks';
import { assembleStream, isEventStream } from './event-stream';
import { isObject, type Json, objectsIn, parseJson, pretty, text } from './json';
import type { Conversation, Turn } from './schema';

/**
 * A stored request and response as a conversation. Reads Anthropic's and OpenAI's shapes, as JSON or as the event stream
 * that went over the wire, and the shapes of the logging API. What is in no known shape comes back as it is; nothing throws.
 */
export function conversationOf(payload: { request: string | null; response: string | null }): Conversation {
  const request = readBody(payload.request);
  const sent = isObject(request) ? request : {};
  const prompt = promptTurns(sent);
  const logged = loggedReply(sent);
  const answer = replyTurns(payload.response);
  const reply = logged.length > 0 ? logged : answer.turns;
  const raw: Conversation['raw'][number][] = [];
  if (payload.request && prompt.length === 0) raw.push({ part: 'request', text: payload.request });
  if (payload.response && reply.length === 0 && !answer.empty) raw.push({ part: 'response', text: payload.response });
  return { prompt, reply, tools: toolsOf(sent), cut: answer.cut, omittedTurns: 0, raw };
}

function readBody(body: string | null): unknown {
  return body === null ? undefined : parseJson(body);
}

function promptTurns(sent: Json): Turn[] {
  const system = blocksOf(sent.system);
  const inner = isObject(sent.full_request) ? sent.full_request : {};
  const messages = [sent.messages, sent.prompt_messages, sent.input, inner.messages].find(isMessages);
  const turns = messages ? messages.map(turnOf) : freeInput(sent);
  return [...(system.length > 0 ? [{ role: 'system', blocks: system }] : []), ...turns].filter(
    (turn) => turn.blocks.length > 0,
  );
}

function isMessages(value: unknown): value is Json[] {
  return Array.isArray(value) && value.some((item) => isObject(item) && typeof item.role === 'string');
}

/** The logging API's `input`, and the older `prompt`: anything at all. */
function freeInput(sent: Json): Turn[] {
  const input = sent.input ?? sent.prompt ?? sent.full_request;
  return input === undefined || input === null ? [] : [{ role: 'user', blocks: anything(input) }];
}

function anything(value: unknown): Turn['blocks'] {
  if (typeof value === 'string') return blocksOf(value);
  return [{ type: 'other', kind: 'json', json: pretty(value) }];
}

function turnOf(message: unknown): Turn {
  if (!isObject(message)) return { role: 'unknown', blocks: anything(message) };
  const role = text(message.role) ?? 'unknown';
  const blocks = messageBlocks(message);
  if (role !== 'tool' && role !== 'function') return { role, blocks };
  return {
    role,
    blocks: [
      { type: 'tool_result', toolUseId: text(message.tool_call_id) ?? text(message.name), failed: false, blocks },
    ],
  };
}

/** The reply inside a body of the logging API. */
function loggedReply(sent: Json): Turn[] {
  const messages = [sent.completion_messages, [sent.completion_message], [sent.output], sent.output].find(isMessages);
  const turns = messages
    ? messages.map(turnOf)
    : sent.output === undefined || sent.output === null
      ? []
      : [{ role: 'assistant', blocks: anything(sent.output) }];
  return turns.filter((turn) => turn.blocks.length > 0);
}

interface Reply {
  readonly turns: Turn[];
  readonly cut: boolean;
  /** The answer was understood and says nothing that can be shown. */
  readonly empty: boolean;
}

function replyTurns(response: string | null): Reply {
  if (response === null || response === '') return { turns: [], cut: false, empty: true };
  const stream = isEventStream(response) ? assembleStream(response) : null;
  if (stream) return { ...fromMessages(stream.messages), cut: stream.cut };
  const body = parseJson(response);
  if (typeof body === 'string') return fromMessages([{ content: body }]);
  if (isMessages(body)) return fromMessages(body);
  if (!isObject(body)) return UNKNOWN;
  const choices = objectsIn(body.choices).flatMap((choice) => (isObject(choice.message) ? [choice.message] : []));
  if (choices.length > 0) return fromMessages(choices);
  if (typeof body.content === 'string' || Array.isArray(body.content)) return fromMessages([body]);
  if (body.error !== undefined) return fromMessages([{ failure: body.error }]);
  const logged = loggedReply(body);
  return logged.length > 0 ? { turns: logged, cut: false, empty: false } : UNKNOWN;
}

const UNKNOWN: Reply = { turns: [], cut: false, empty: false };

function fromMessages(messages: readonly Json[]): Reply {
  const turns = messages.map((message): Turn => {
    const failure = message.failure === undefined ? [] : [errorBlock(message.failure)];
    const role = text(message.role) ?? (failure.length > 0 ? 'error' : 'assistant');
    return { role, blocks: [...messageBlocks(message), ...failure] };
  });
  return { turns: turns.filter((turn) => turn.blocks.length > 0), cut: false, empty: true };
}

function errorBlock(failure: unknown): Turn['blocks'][number] {
  return { type: 'other', kind: 'error', json: typeof failure === 'string' ? failure : pretty(failure) };
}

function toolsOf(sent: Json): Conversation['tools'] {
  return objectsIn(sent.tools).map((tool) => {
    const described = isObject(tool.function) ? tool.function : tool;
    return {
      name: text(described.name) ?? text(described.type) ?? 'unnamed tool',
      description: text(described.description),
    };
  });
}
