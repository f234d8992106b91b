import type { LogRecord } from '@/lib/gateway/log-record';
import type { Usage } from '@/lib/gateway/usage';
import type { Failure } from './timeline';
import type { Workload } from './workloads';

export interface Said {
  readonly workload: Workload;
  readonly model: string;
  readonly turn: Workload['turns'][number];
  readonly usage: Usage;
  readonly failure: Failure | null;
  /** How much of the reply came before the client left; 1 for all of it. */
  readonly heard: number;
  readonly messageId: string;
}

/** What went over the wire, in the shape of the endpoint that was called. */
export function bodiesOf(said: Said): LogRecord['payload'] {
  const { workload, failure } = said;
  const request = workload.endpoint === '/api/anthropic/v1/messages' ? anthropicRequest(said) : openaiRequest(said);
  return {
    request: JSON.stringify(request),
    response: failure ? failureBody(failure, workload) : responseOf(said),
    requestHeaders: workload.logMethod === 'logging_api' ? null : REQUEST_HEADERS,
    responseHeaders: workload.logMethod === 'logging_api' ? null : { 'request-id': `req_${said.messageId}` },
  };
}

const REQUEST_HEADERS = {
  'user-agent': 'Anthropic/JS 1.12.0',
  'anthropic-version': '2026-10-21',
  'content-type': 'application/json',
};

function anthropicRequest({ workload, model, turn }: Said) {
  const { system, stream } = workload;
  const tools = turn.tool
    ? [{ name: turn.tool.name, description: 'Looks one up', input_schema: { type: 'object' } }]
    : [];
  const asked = [{ role: 'user', content: turn.prompt }];
  const used = turn.tool && [
    {
      role: 'assistant',
      content: [{ type: 'tool_use', id: 'toolu_01', name: turn.tool.name, input: turn.tool.input }],
    },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_01', content: turn.tool.result }] },
  ];
  return {
    model,
    max_tokens: 4096,
    ...(system ? { system: [{ type: 'text', text: system, cache_control: { type: 'ephemeral' } }] } : {}),
    ...(tools.length > 0 ? { tools } : {}),
    messages: [...asked, ...(used ?? [])],
    stream,
  };
}

function openaiRequest({ workload, model, turn }: Said) {
  const messages = [
    { role: 'system', content: workload.system },
    { role: 'user', content: turn.prompt },
  ];
  return workload.logMethod === 'logging_api' ? { prompt_messages: messages } : { model, messages };
}

function responseOf(said: Said): string {
  const { workload, turn, model, usage, messageId } = said;
  const reply = { role: 'assistant', content: turn.reply };
  if (workload.logMethod === 'logging_api') return JSON.stringify(reply);
  if (workload.endpoint === '/api/chat/completions') {
    const choice = { index: 0, message: reply, finish_reason: 'stop' };
    return JSON.stringify({ id: `chatcmpl-${messageId}`, object: 'chat.completion', model, choices: [choice] });
  }
  if (workload.stream) return eventsOf(said);
  const content = [
    ...(workload.thinks ? [{ type: 'thinking', thinking: '', signature: 'EuYB' }] : []),
    { type: 'text', text: turn.reply },
  ];
  const counted = { input_tokens: usage.inputTokens, output_tokens: usage.outputTokens };
  return JSON.stringify({
    id: `msg_${messageId}`,
    type: 'message',
    role: 'assistant',
    model,
    content,
    stop_reason: 'end_turn',
    usage: counted,
  });
}

function eventsOf({ workload, model, turn, usage, heard, messageId }: Said): string {
  const pieces = turn.reply.match(/.{1,24}/gs) ?? [];
  const block = workload.thinks ? 1 : 0;
  const delta = (index: number, value: object) => ({ type: 'content_block_delta', index, delta: value });
  const events: { type: string }[] = [
    Object.assign(
      { type: 'message_start' },
      { message: { id: `msg_${messageId}`, role: 'assistant', model, content: [] } },
    ),
    ...(workload.thinks
      ? [
          Object.assign(
            { type: 'content_block_start' },
            { index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } },
          ),
          delta(0, { type: 'signature_delta', signature: 'EuYB' }),
          Object.assign({ type: 'content_block_stop' }, { index: 0 }),
        ]
      : []),
    Object.assign({ type: 'content_block_start' }, { index: block, content_block: { type: 'text', text: '' } }),
    ...pieces.map((text) => delta(block, { type: 'text_delta', text })),
    Object.assign({ type: 'content_block_stop' }, { index: block }),
    Object.assign(
      { type: 'message_delta' },
      { delta: { stop_reason: 'end_turn' }, usage: { output_tokens: usage.outputTokens } },
    ),
    { type: 'message_stop' },
  ];
  const came = heard === 1 ? events : events.slice(0, Math.max(3, Math.floor(events.length * heard)));
  return came.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('');
}

function failureBody({ type, message, cause }: Failure, { endpoint }: Workload): string {
  if (cause === 'limit') return JSON.stringify({ detail: message });
  const error = { type, message };
  return JSON.stringify(endpoint === '/api/chat/completions' ? { error } : { type: 'error', error });
}
