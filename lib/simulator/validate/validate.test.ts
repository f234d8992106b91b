import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../server';
import { messageBody, post, simulatorWithClient } from '../test-client';

let simulator: Simulator;

beforeAll(async () => {
  ({ simulator } = await simulatorWithClient());
});
afterAll(() => simulator.close());

const user = (content: unknown) => ({ role: 'user', content });
const text = (value: string, more: object = {}) => ({ type: 'text', text: value, ...more });
const tool = (name: string, more: object = {}) => ({ name, input_schema: { type: 'object' }, ...more });
const cached = (ttl?: string) => ({ cache_control: { type: 'ephemeral', ...(ttl ? { ttl } : {}) } });
const call = { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: 'a', input: {} }] };
const OPUS_5_5 = { model: 'claude-opus-5-5' };
const SONNET_4_5 = { model: 'claude-sonnet-4-5' };

async function refusal(changes: Record<string, unknown>, headers: Record<string, string> = {}) {
  const response = await post(simulator, '/v1/messages', messageBody(changes), headers);
  const body = await response.json();
  return { status: response.status, type: body.error?.type, message: body.error?.message };
}

/** Name, changes to a good body, and the text of the 400. */
const CASES: [string, Record<string, unknown>, string][] = [
  ['no model', { model: undefined }, 'model: Field required'],
  ['no max_tokens', { max_tokens: undefined }, 'max_tokens: Field required'],
  ['no messages', { messages: undefined }, 'messages: Field required'],
  ['empty messages', { messages: [] }, 'messages: at least one message is required'],
  ['a wrong type', { max_tokens: 'many' }, 'max_tokens: Input should be a valid integer'],
  [
    'a wrong role',
    { messages: [{ role: 'tool', content: 'x' }] },
    "messages.0.role: Input should be 'user', 'assistant' or 'system'",
  ],
  ['an unknown key', { foo: 1 }, 'foo: Extra inputs are not permitted'],
  [
    'an unknown metadata key',
    { metadata: { user_id: 'u', respan_params: {} } },
    'metadata.respan_params: Extra inputs are not permitted',
  ],
  [
    'an unknown key of a block',
    { messages: [user([text('x', { id: 1 })])] },
    'messages.0.content.0.text.id: Extra inputs are not permitted',
  ],
  ['a beta field without its beta', { context_management: {} }, 'context_management: Extra inputs are not permitted'],
  ['a block without text', { messages: [user([{ type: 'text' }])] }, 'messages.0.content.0.text.text: Field required'],
  [
    'an empty message',
    { messages: [user('')] },
    'messages.0: all messages must have non-empty content except for the optional final assistant message',
  ],
  [
    'an empty text block',
    { messages: [user([text('a'), text('')])] },
    'messages: text content blocks must be non-empty',
  ],
  [
    'a blank text block',
    { messages: [user([text('a'), text(' \n')])] },
    'messages: text content blocks must contain non-whitespace text',
  ],
  ['an empty system block', { system: [text('')] }, 'system: text content blocks must be non-empty'],
  [
    'too many max_tokens',
    { model: 'claude-opus-5', max_tokens: 9_999_999 },
    'max_tokens: 9999999 > 128000, which is the maximum allowed number of output tokens for claude-opus-5',
  ],
  ['max_tokens 0 in a stream', { max_tokens: 0, stream: true }, 'max_tokens: 0 cannot be combined with `stream`'],
  [
    'a prefill on a new model',
    { messages: [user('x'), { role: 'assistant', content: 'Well' }] },
    'This model does not support assistant message prefill. The conversation must end with a user message.',
  ],
  [
    'a prefill with a blank end',
    { ...SONNET_4_5, messages: [user('x'), { role: 'assistant', content: 'Well ' }] },
    'messages: final assistant content cannot end with trailing whitespace',
  ],
  [
    'manual thinking on 4.7+',
    { thinking: { type: 'enabled', budget_tokens: 1024 } },
    '"thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.',
  ],
  [
    'adaptive thinking on 4.5',
    { ...SONNET_4_5, thinking: { type: 'adaptive' } },
    'adaptive thinking is not supported on this model',
  ],
  [
    'no thinking where it is always on',
    { ...OPUS_5_5, thinking: { type: 'disabled' } },
    '"thinking.type.disabled" is not supported for this model. Thinking defaults to adaptive mode when not specified; use "thinking.type.enabled" with "budget_tokens" for extended thinking.',
  ],
  [
    'a small thinking budget',
    { ...SONNET_4_5, thinking: { type: 'enabled', budget_tokens: 9 } },
    'thinking.enabled.budget_tokens: Input should be greater than or equal to 1024',
  ],
  ['temperature on 4.7+', { temperature: 0.5 }, '`temperature` is deprecated for this model.'],
  ['top_k on 4.7+', { top_k: 5 }, '`top_k` is deprecated for this model.'],
  ['temperature above 1', { ...SONNET_4_5, temperature: 1.5 }, 'temperature: Input should be less than or equal to 1'],
  [
    'an unknown effort',
    { ...SONNET_4_5, output_config: { effort: 'low' } },
    'This model does not support the effort parameter.',
  ],
  ['a tool without schema', { tools: [{ name: 'a' }] }, 'tools.0.custom.input_schema: Field required'],
  ['two tools of one name', { tools: [tool('a'), tool('a')] }, 'tools: Tool names must be unique.'],
  [
    'only deferred tools',
    { tools: [tool('a', { defer_loading: true })] },
    'At least one tool must have defer_loading=false. All tools cannot be deferred.',
  ],
  [
    'a choice of an unknown tool',
    { tools: [tool('a')], tool_choice: { type: 'tool', name: 'b' } },
    "tool_choice: Tool 'b' not found in provided tools.",
  ],
  [
    'a forced tool while thinking',
    { tools: [tool('a')], tool_choice: { type: 'any' }, thinking: { type: 'adaptive' } },
    'Thinking may not be enabled when tool_choice forces tool use.',
  ],
  [
    'a call without result',
    { messages: [user('x'), call, user('y')] },
    'messages.2: `tool_use` ids were found without `tool_result` blocks immediately after: toolu_1. Each `tool_use` block must have a corresponding `tool_result` block in the next message.',
  ],
  [
    'a result without call',
    { messages: [user([{ type: 'tool_result', tool_use_id: 'toolu_9' }])] },
    'messages.0.content.0: unexpected `tool_use_id` found in `tool_result` blocks: toolu_9. Each `tool_result` block must have a corresponding `tool_use` block in the previous message.',
  ],
  [
    'five breakpoints',
    { messages: [user([1, 2, 3, 4, 5].map((n) => text(`${n}`, cached())))] },
    'A maximum of 4 blocks with cache_control may be provided. Found 5.',
  ],
  [
    'the automatic one as the fifth',
    { ...cached(), messages: [user([...[1, 2, 3, 4].map((n) => text(`${n}`, cached())), text('x')])] },
    'A maximum of 4 blocks with cache_control may be provided. Found 5.',
  ],
  [
    '1h after 5m',
    {
      system: [text('s', cached('5m'))],
      messages: [user('x'), { role: 'assistant', content: 'y' }, user([text('a'), text('b', cached('1h'))])],
    },
    "messages.2.content.1.cache_control.ttl: a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block. Note that blocks are processed in the following order: tools, system, messages.",
  ],
  [
    'system as a role on an old model',
    { ...SONNET_4_5, messages: [user('x'), { role: 'system', content: 'y' }] },
    'messages: Unexpected role "system". The Messages API accepts a top-level `system` parameter, not "system" as an input message role.',
  ],
  [
    'a region on 4.5',
    { ...SONNET_4_5, inference_geo: 'us' },
    'inference_geo: this parameter is not supported for this model',
  ],
  [
    'fast mode where there is none',
    { model: 'claude-sonnet-5', speed: 'fast' },
    'speed: fast mode is not supported for this model',
  ],
];

describe('a bad request', () => {
  it.each(CASES)('%s', async (_name, changes, message) => {
    expect(await refusal(changes)).toEqual({ status: 400, type: 'invalid_request_error', message });
  });

  it('names the kind of block it does not know', async () => {
    const { message } = await refusal({ messages: [user([{ type: 'hologram' }])] });
    expect(message).toMatch(/^messages\.0\.content\.0: Input tag 'hologram' found using 'type' does not match any of/);
    expect((await refusal({ tools: [{ type: 'advisor_x', name: 'a' }] })).message).toMatch(
      /^tools\.0: Input tag 'advisor_x'/,
    );
  });

  it.each(['claude-opus-9', 'claude-opus-4-1', 'claude-3-opus-latest'])(
    'unknown or retired model %s',
    async (model) => {
      expect(await refusal({ model })).toEqual({ status: 404, type: 'not_found_error', message: `model: ${model}` });
    },
  );

  it.each(['claude-fable-5-2', 'claude-fable-5-1', 'claude-opus-5-5', 'claude-sonnet-5-5'])(
    'forced tool on %s',
    async (model) => {
      const forced = { tools: [tool('a')], tool_choice: { type: 'any' } };
      expect((await refusal({ ...forced, model })).status).toBe(400);
      expect((await refusal({ ...forced, model: 'claude-opus-5' })).status).toBe(200);
    },
  );

  it('too long a prompt', async () => {
    const { status, message } = await refusal({ ...SONNET_4_5, messages: [user('word '.repeat(170_000))] });
    expect(status).toBe(400);
    expect(message).toMatch(/^prompt is too long: 2\d{5} tokens > 200000 maximum$/);
  });
});

describe('version 2026-10-21', () => {
  const headers = { 'anthropic-version': '2026-10-21' };

  it('has no sampling parameters, not even their defaults', async () => {
    expect((await refusal({ temperature: 1 }, headers)).message).toBe('temperature: Extra inputs are not permitted');
    expect((await refusal({ temperature: 1 })).status).toBe(200);
  });

  it('takes neither documents from the assistant nor citations from the user', async () => {
    const document = { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'x' } };
    const messages = [user('x'), { role: 'assistant', content: [document] }, user('y')];
    expect((await refusal({ messages }, headers)).status).toBe(400);
    expect((await refusal({ messages })).status).toBe(200);
    const cited = [user([text('x', { citations: [{ type: 'char_location' }] })])];
    expect((await refusal({ messages: cited }, headers)).status).toBe(400);
    expect((await refusal({ messages: cited })).status).toBe(200);
  });
});

describe('a good request', () => {
  it.each([
    ['neighbours of one role', { messages: [user('a'), user('b')] }],
    [
      'results over two messages',
      {
        messages: [
          user('x'),
          call,
          user([{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'ok' }]),
          user('and?'),
        ],
      },
    ],
    ['a prefill on 4.5', { ...SONNET_4_5, messages: [user('x'), { role: 'assistant', content: 'Well' }] }],
    ['an automatic breakpoint on an explicit one', { ...cached(), messages: [user([text('x', cached())])] }],
    ['sampling defaults', { temperature: 1, top_p: 1 }],
    ['a late system message', { messages: [user('x'), { role: 'system', content: 'Be brief.' }] }],
    ['a tool that the provider knows', { tools: [{ type: 'bash_20250124', name: 'bash' }] }],
  ])('%s', async (_name, changes) => {
    expect((await refusal(changes)).status).toBe(200);
  });

  it('a beta field with its beta', async () => {
    const headers = { 'anthropic-beta': 'context-management-2025-06-27' };
    expect((await refusal({ context_management: { edits: [] } }, headers)).status).toBe(200);
  });

  it('manual thinking on a model that takes it, but not with another temperature or too few tokens', async () => {
    const thinking = { type: 'enabled', budget_tokens: 1024 };
    expect((await refusal({ ...SONNET_4_5, max_tokens: 2000, thinking })).status).toBe(200);
    expect((await refusal({ ...SONNET_4_5, max_tokens: 1024, thinking })).message).toMatch(
      /^`max_tokens` must be greater/,
    );
    expect((await refusal({ ...SONNET_4_5, max_tokens: 2000, thinking, temperature: 0 })).message).toMatch(
      /^`temperature` may only be set to 1 when thinking is enabled\./,
    );
  });

  it('what Claude Code sends', async () => {
    const betas =
      'claude-code-20250219,interleaved-thinking-2025-05-14,context-management-2025-06-27,effort-2025-11-24';
    const user_id = JSON.stringify({ device_id: 'd', account_uuid: '', session_id: 's' });
    const body = {
      ...OPUS_5_5,
      max_tokens: 32_000,
      stream: true,
      system: [
        text('x-anthropic-billing-header: cc_version=2.1.197.0; cc_entrypoint=cli;'),
        text('You are Claude Code.', cached('1h')),
      ],
      tools: [tool('Bash', { description: 'Runs a command', eager_input_streaming: true })],
      thinking: { type: 'adaptive' },
      output_config: { effort: 'medium' },
      context_management: { edits: [{ type: 'clear_thinking_20251015', keep: 'all' }] },
      metadata: { user_id },
      messages: [user([text('<system-reminder>x</system-reminder>'), text('hi', cached('1h'))])],
    };
    const response = await post(simulator, '/v1/messages?beta=true', body, {
      authorization: 'Bearer sk-ant-api03-test',
      'anthropic-beta': betas,
      'x-app': 'cli',
    });
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('event: message_stop');
  });
});
