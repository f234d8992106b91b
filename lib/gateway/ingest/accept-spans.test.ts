import { gzipSync } from 'node:zlib';
import { context, SpanStatusCode, trace } from '@opentelemetry/api';
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KEY, startGateway, type TestGateway } from '../testing';

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await startGateway('http://127.0.0.1:1');
});
afterEach(() => gateway.close());

/** Spans as OpenTelemetry's own SDK makes them: an agent, its call of a model, a failed tool, and a database query. */
function spans() {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const tracer = provider.getTracer('test');
  const startTime = Date.now() - 5000;
  const agent = tracer.startSpan('invoke_agent planner', {
    startTime,
    attributes: { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'planner' },
  });
  const within = trace.setSpan(context.active(), agent);
  const chat = tracer.startSpan('chat claude-opus-5-5', { startTime: startTime + 100, attributes: CHAT }, within);
  chat.end(startTime + 1350);
  const tool = tracer.startSpan(
    'execute_tool search',
    {
      startTime: startTime + 1400,
      attributes: {
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': 'search',
        'gen_ai.tool.call.arguments': '{"query":"trains"}',
      },
    },
    within,
  );
  tool.setStatus({ code: SpanStatusCode.ERROR, message: 'No network' });
  tool.end(startTime + 1500);
  tracer.startSpan('SELECT', { startTime, attributes: { 'db.system': 'postgresql' } }, within).end(startTime + 5);
  agent.end(startTime + 2000);
  return {
    spans: exporter.getFinishedSpans(),
    traceId: agent.spanContext().traceId,
    agentId: agent.spanContext().spanId,
  };
}

const CHAT = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'anthropic',
  'gen_ai.request.model': 'claude-opus-5-5',
  'gen_ai.usage.input_tokens': 1000,
  'gen_ai.usage.output_tokens': 50,
  'gen_ai.usage.cache_read.input_tokens': 900,
  'gen_ai.request.temperature': 0.5,
  'gen_ai.conversation.id': 'thread-1',
  'gen_ai.system_instructions': '[{"type":"text","content":"Be brief."}]',
  'gen_ai.input.messages': '[{"role":"user","parts":[{"type":"text","content":"Which train?"}]}]',
  'gen_ai.output.messages':
    '[{"role":"assistant","parts":[{"type":"text","content":"The 9:15."},{"type":"tool_call","id":"c1","name":"book","arguments":{"train":915}}],"finish_reason":"tool_call"}]',
  'respan.customer_params.customer_identifier': 'ada',
  'respan.metadata.plan': 'team',
};

async function send(body: Uint8Array, type: string, more: Record<string, string> = {}) {
  const headers = { authorization: `Bearer ${KEY}`, 'content-type': type, ...more };
  const response = await fetch(`${gateway.url}/api/v2/traces`, { method: 'POST', headers, body: Buffer.from(body) });
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    body: Buffer.from(await response.arrayBuffer()),
  };
}

const encoded = (serializer: typeof JsonTraceSerializer, list: ReturnType<typeof spans>['spans']) =>
  serializer.serializeRequest(list) ?? new Uint8Array();

describe.each([
  ['application/json', JsonTraceSerializer],
  ['application/x-protobuf', ProtobufTraceSerializer],
])('%s', (type, serializer) => {
  test('spans become logs of one trace, and what is none of ours is left out and said', async () => {
    const { spans: made, traceId, agentId } = spans();
    const { status, type: answered, body } = await send(encoded(serializer, made), type);
    expect([status, answered]).toEqual([200, type]);
    expect(serializer.deserializeResponse(body)).toEqual({
      partialSuccess: { errorMessage: '1 spans tell of no model, agent or tool, and were not stored.' },
    });
    const byName = new Map(gateway.records.map((record) => [kept(record.metadata).span_name, record]));
    expect([...byName.keys()].sort()).toEqual(['chat claude-opus-5-5', 'execute_tool search', 'invoke_agent planner']);
    const chat = byName.get('chat claude-opus-5-5');
    expect(chat).toMatchObject({
      logType: 'chat',
      provider: 'anthropic',
      model: 'claude-opus-5-5',
      status: 'success',
      latencyMs: 1250,
      usage: { inputTokens: 100, cacheReadTokens: 900, outputTokens: 50 },
      customerIdentifier: 'ada',
      threadIdentifier: 'thread-1',
      promptPreview: 'Which train?',
      replyPreview: expect.stringContaining('The 9:15.'),
      metadata: { plan: 'team', respan_fields: { trace_unique_id: traceId, span_parent_id: agentId } },
      warnings: [],
    });
    const { prompt_messages, temperature } = JSON.parse(String(chat?.payload?.request));
    expect(prompt_messages).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Which train?' },
    ]);
    expect(temperature).toBe(0.5);
    expect(JSON.parse(String(chat?.payload?.response)).tool_calls[0].function).toEqual({
      name: 'book',
      arguments: '{"train":915}',
    });
    expect(byName.get('execute_tool search')).toMatchObject({
      logType: 'tool',
      status: 'error',
      errorMessage: 'No network',
    });
    expect(byName.get('invoke_agent planner')).toMatchObject({ logType: 'agent', model: null });
  });

  test('a span sent again has the same id, whatever the compression', async () => {
    const body = encoded(serializer, spans().spans);
    await send(body, type);
    await send(gzipSync(body), type, { 'content-encoding': 'gzip' });
    const ids = gateway.records.map(({ id }) => id);
    expect(ids).toHaveLength(6);
    expect(ids.slice(3)).toEqual(ids.slice(0, 3));
  });

  test.each(['[', '\xff\xff\xff', '{"resourceSpans": 5}'])('%j is refused', async (body) => {
    expect((await send(Buffer.from(body, 'latin1'), type)).status).toBe(400);
    expect(gateway.records).toEqual([]);
  });

  test('too much is refused, also when it is small until it is unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(5 * 1024 * 1024));
    expect((await send(bomb, type, { 'content-encoding': 'gzip' })).status).toBe(413);
  });
});

test('a span that makes no log is rejected by itself, in the words of OTLP', async () => {
  const span = {
    traceId: 'ab'.repeat(16),
    spanId: 'cd'.repeat(8),
    name: 'x',
    startTimeUnixNano: `${Date.now()}000000`,
  };
  const attributes = [
    { key: 'gen_ai.request.model', value: { stringValue: 'm' } },
    { key: 'respan.cost', value: { doubleValue: -1 } },
  ];
  const request = {
    resourceSpans: [{ scopeSpans: [{ spans: [{ ...span, endTimeUnixNano: span.startTimeUnixNano, attributes }, 5] }] }],
  };
  const { body } = await send(Buffer.from(JSON.stringify(request)), 'application/json');
  expect(JSON.parse(body.toString())).toEqual({
    partialSuccess: {
      rejectedSpans: 2,
      errorMessage: '1 are no spans. Span cdcdcdcdcdcdcdcd: cost: Must not be negative.',
    },
  });
});

test("older instrumentations' numbered messages are read", async () => {
  const provider = new InMemorySpanExporter();
  const tracer = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(provider)] }).getTracer('old');
  const attributes = {
    'gen_ai.system': 'OpenAI',
    'gen_ai.request.model': 'gpt-5.1',
    'gen_ai.prompt.0.role': 'system',
    'gen_ai.prompt.0.content': 'Be brief.',
    'gen_ai.prompt.1.role': 'user',
    'gen_ai.prompt.1.content': 'Hello',
    'gen_ai.completion.0.role': 'assistant',
    'gen_ai.completion.0.content': 'Hi',
    'gen_ai.usage.prompt_tokens': 7,
    'gen_ai.usage.completion_tokens': 2,
    'traceloop.workflow.name': 'greeting',
    'traceloop.association.properties.tier': 'gold',
  };
  tracer.startSpan('openai.chat', { attributes }).end();
  await send(encoded(JsonTraceSerializer, provider.getFinishedSpans()), 'application/json');
  expect(gateway.records[0]).toMatchObject({
    provider: 'openai',
    usage: { inputTokens: 7, outputTokens: 2 },
    promptPreview: 'Hello',
    replyPreview: 'Hi',
    metadata: { tier: 'gold', respan_fields: { span_workflow_name: 'greeting' } },
  });
});

function kept(metadata: Readonly<Record<string, unknown>> | null): Record<string, unknown> {
  const fields = metadata?.respan_fields;
  return typeof fields === 'object' && fields !== null ? { ...fields } : {};
}
