import { isRecord } from '../../is-record';
import { indexedMessages, jsonOf, messagesOf } from './messages';
import type { Span } from './spans';

type Attributes = Readonly<Record<string, unknown>>;

const OURS = /^(?:respan|keywordsai)\./;
const KNOWN = /^(?:gen_ai|llm|traceloop|respan|keywordsai)\./;

/** Whether a span tells of a model, an agent or a tool, and not of a database or a web page. */
export function isAboutAi({ attributes }: Span): boolean {
  return Object.keys(attributes).some((name) => KNOWN.test(name));
}

/**
 * A span as the log API would take it: OpenTelemetry's names for generative AI, those of older instrumentations, and ours.
 * @see https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/
 */
export function toLog(span: Span): Record<string, unknown> {
  const { attributes } = span;
  const first = (...names: readonly string[]) => names.map((name) => attributes[name]).find((value) => value != null);
  const logType = logTypeOf(span, first);
  return {
    unique_id: logIdOf(span),
    trace_unique_id: span.traceId,
    span_unique_id: span.spanId,
    span_parent_id: span.parentSpanId,
    span_name: span.name,
    span_workflow_name: first('traceloop.workflow.name', 'gen_ai.workflow.name'),
    span_path: first('traceloop.entity.path'),
    log_type: logType,
    start_time: timeOf(span.startMs),
    timestamp: timeOf(Math.max(span.startMs, span.endMs)),
    latency: Math.max(0, span.endMs - span.startMs) / 1000,
    time_to_first_token: first('gen_ai.response.time_to_first_chunk', 'gen_ai.server.time_to_first_token'),
    model: first('gen_ai.response.model', 'gen_ai.request.model', 'llm.response.model', 'llm.request.model'),
    provider_id: providerOf(first('gen_ai.provider.name', 'gen_ai.system', 'llm.vendor')),
    usage: usageOf(first),
    temperature: first('gen_ai.request.temperature'),
    top_p: first('gen_ai.request.top_p'),
    max_tokens: first('gen_ai.request.max_tokens'),
    stream: first('gen_ai.request.stream', 'gen_ai.is_streaming', 'llm.is_streaming'),
    tools: jsonOf(first('gen_ai.tool.definitions')),
    ...contentOf(span, first),
    status: span.failed ? 'error' : 'success',
    status_code: statusOf(first('http.response.status_code'), span.failed),
    error_message: span.failed
      ? (span.message ?? text(first('error.type')) ?? 'The span ended in an error.')
      : undefined,
    thread_identifier: first('gen_ai.conversation.id', 'session.id'),
    customer_identifier: first('user.id', 'enduser.id', 'traceloop.association.properties.user_id'),
    metadata: metadataOf(attributes),
    ...oursOf(attributes),
  };
}

type First = (...names: readonly string[]) => unknown;

/** A log id that says when the span began, and is the same each time it is sent. */
function logIdOf({ startMs, spanId, traceId }: Span): string {
  const time = Math.floor(startMs).toString(16).padStart(12, '0').slice(-12);
  const random = `${spanId}${traceId.slice(-2)}`;
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-8${random.slice(3, 6)}-${random.slice(6, 18)}`;
}

const OPERATIONS: Readonly<Record<string, string>> = {
  chat: 'chat',
  generate_content: 'chat',
  text_completion: 'completion',
  completion: 'completion',
  embeddings: 'embedding',
  embedding: 'embedding',
  execute_tool: 'tool',
  invoke_agent: 'agent',
  create_agent: 'agent',
  invoke_workflow: 'workflow',
};

function logTypeOf(span: Span, first: First): string {
  const operation = text(first('gen_ai.operation.name', 'llm.request.type'));
  const known = operation ? OPERATIONS[operation] : undefined;
  const kind = text(first('traceloop.span.kind'));
  const hasModel = first('gen_ai.response.model', 'gen_ai.request.model', 'llm.request.model') !== undefined;
  // A call of a model without its name would be refused; it is kept as what it is.
  if (known === 'chat' || known === 'completion' || known === 'embedding') return hasModel ? known : 'unknown';
  return known ?? kind ?? (hasModel ? 'chat' : span.parentSpanId === null ? 'workflow' : 'task');
}

/** OpenTelemetry's names for providers as the price book knows them. */
function providerOf(name: unknown): string | undefined {
  const said = text(name)?.toLowerCase();
  if (said?.startsWith('gcp.')) return 'google';
  return said === undefined ? undefined : (PROVIDERS[said] ?? said);
}

const PROVIDERS: Readonly<Record<string, string>> = {
  'az.ai.openai': 'azure',
  'azure.ai.openai': 'azure',
  'aws.bedrock': 'aws',
};

function usageOf(first: First): Record<string, unknown> | undefined {
  const input = first('gen_ai.usage.input_tokens', 'gen_ai.usage.prompt_tokens', 'llm.usage.prompt_tokens');
  const output = first('gen_ai.usage.output_tokens', 'gen_ai.usage.completion_tokens', 'llm.usage.completion_tokens');
  if (input === undefined && output === undefined) return undefined;
  const read = first('gen_ai.usage.cache_read.input_tokens', 'gen_ai.usage.cache_read_input_tokens');
  const written = first('gen_ai.usage.cache_creation.input_tokens', 'gen_ai.usage.cache_creation_input_tokens');
  // In OpenTelemetry's words the input includes what came from a cache, as in OpenAI's.
  return {
    prompt_tokens: input ?? 0,
    completion_tokens: output ?? 0,
    prompt_tokens_details: { cached_tokens: read ?? 0, cache_creation_tokens: written ?? 0 },
    completion_tokens_details: { reasoning_tokens: first('gen_ai.usage.reasoning.output_tokens') ?? 0 },
  };
}

function contentOf({ attributes, events }: Span, first: First): Record<string, unknown> {
  const system = messagesOf(first('gen_ai.system_instructions'), 'system');
  const asked =
    messagesOf(first('gen_ai.input.messages'), 'user') ??
    indexedMessages(attributes, 'gen_ai.prompt', 'llm.prompts') ??
    eventMessages(events, /^gen_ai\.(system|user|assistant|tool)\.message$/);
  const answered =
    messagesOf(first('gen_ai.output.messages'), 'assistant') ??
    indexedMessages(attributes, 'gen_ai.completion', 'llm.completions') ??
    eventMessages(events, /^gen_ai\.choice$/);
  const [reply] = answered ?? [];
  return {
    prompt_messages: asked || system ? [...(system ?? []), ...(asked ?? [])] : undefined,
    ...(answered && answered.length > 1 ? { completion_messages: answered } : { completion_message: reply }),
    input: jsonOf(first('traceloop.entity.input', 'gen_ai.tool.call.arguments')),
    output: reply ? undefined : jsonOf(first('traceloop.entity.output', 'gen_ai.tool.call.result')),
  };
}

function eventMessages(events: Span['events'], named: RegExp): Record<string, unknown>[] | null {
  const messages = events.flatMap(({ name, attributes }) => {
    const [, role = 'assistant'] = named.exec(name) ?? [];
    if (!named.test(name)) return [];
    const message = jsonOf(attributes.message);
    return [isRecord(message) ? { role, ...message } : { role, content: jsonOf(attributes.content) ?? '' }];
  });
  return messages.length > 0 ? messages : null;
}

function statusOf(code: unknown, failed: boolean): number {
  const given = Number(code);
  if (Number.isInteger(given) && given >= 100 && given <= 599) return given;
  return failed ? 500 : 200;
}

/** Attributes of ours are fields of a log by the same name: `respan.customer_identifier`. */
function oursOf(attributes: Attributes): Record<string, unknown> {
  const fields = Object.entries(attributes).flatMap(([name, value]) => {
    const field = OURS.test(name) ? name.replace(OURS, '') : '';
    const [base = '', member] = field.split('.');
    if (field === '' || base === 'metadata' || value === null) return [];
    if (member === undefined) return [[base, jsonOf(value)]];
    return base === 'customer_params' ? [[`customer_${member.replace(/^customer_/, '')}`, value]] : [];
  });
  return Object.fromEntries(fields);
}

/** What was said about a span in our names for metadata, and what no log field holds. */
function metadataOf(attributes: Attributes): Record<string, unknown> {
  const kept = Object.entries(attributes).flatMap(([name, value]): [string, unknown][] => {
    const [, key] = /^(?:(?:respan|keywordsai)\.metadata|traceloop\.association\.properties)\.(.+)$/.exec(name) ?? [];
    if (key) return [[key, value]];
    return PLAIN.has(name) && value !== null ? [[name, value]] : [];
  });
  return Object.fromEntries(kept);
}

const PLAIN: ReadonlySet<string> = new Set([
  ...['service.name', 'deployment.environment.name', 'gen_ai.agent.name', 'gen_ai.agent.id', 'gen_ai.tool.name'],
  ...['gen_ai.response.id', 'gen_ai.response.finish_reasons', 'server.address', 'error.type'],
]);

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function timeOf(ms: number): string | undefined {
  return Number.isFinite(ms) && ms < 8.64e15 ? new Date(ms).toISOString() : undefined;
}
