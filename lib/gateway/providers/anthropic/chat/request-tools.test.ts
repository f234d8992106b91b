import { describe, expect, it } from 'vitest';
import { toMessagesRequest } from './request';

const parameters = { type: 'object', properties: { city: { type: 'string', minLength: 1 } }, required: ['city'] };
const tool = (name: string, extra = {}) => ({ type: 'function', function: { name, parameters, ...extra } });
const tools = [tool('weather'), tool('time')];
const messages = [{ role: 'user', content: 'Hi' }];

function translated(body: Record<string, unknown>): { request: Record<string, unknown>; warnings: string[] } {
  const result = toMessagesRequest({ model: 'claude-opus-5', messages, ...body });
  if (!result.ok) throw new Error(result.message);
  return result;
}

describe('tools', () => {
  it('translates definitions, strict ones to schemas the grammar takes', () => {
    const { request } = translated({
      tools: [
        tool('weather', { description: 'Looks outside' }),
        { ...tool('time', { strict: true }), cache_control: { type: 'ephemeral' } },
        { type: 'function', function: { name: 'ping' } },
        { type: 'web_search_20250305', name: 'web_search', max_uses: 2 },
      ],
    });
    expect(request.tools).toEqual([
      { name: 'weather', description: 'Looks outside', input_schema: parameters },
      {
        name: 'time',
        input_schema: {
          type: 'object',
          properties: { city: { type: 'string', description: '{minLength: 1}' } },
          required: ['city'],
          additionalProperties: false,
        },
        strict: true,
        cache_control: { type: 'ephemeral' },
      },
      { name: 'ping', input_schema: { type: 'object', properties: {} } },
      { type: 'web_search_20250305', name: 'web_search', max_uses: 2 },
    ]);
    expect(request).not.toHaveProperty('tool_choice');
  });

  it.each<[unknown, unknown]>([
    ['auto', { type: 'auto' }],
    ['none', { type: 'none' }],
    ['required', { type: 'any' }],
    [
      { type: 'function', function: { name: 'time' } },
      { type: 'tool', name: 'time' },
    ],
  ])('translates the choice %j', (choice, expected) => {
    const { request, warnings } = translated({ tools, tool_choice: choice });
    expect(request.tool_choice).toEqual(expected);
    expect(warnings).toEqual([]);
  });

  it.each(['claude-opus-5-5', 'claude-sonnet-5-5', 'claude-fable-5-2', 'claude-fable-5-1'])(
    'does not force a tool on %s, and says so',
    (model) => {
      const { request, warnings } = translated({ model, tools, tool_choice: 'required', parallel_tool_calls: false });
      expect(request.tool_choice).toEqual({ type: 'auto', disable_parallel_tool_use: true });
      expect(warnings).toEqual(['This model refuses a forced tool_choice: "auto" was sent instead.']);
      expect(translated({ model, tools, tool_choice: 'none' })).toMatchObject({
        request: { tool_choice: { type: 'none' } },
        warnings: [],
      });
    },
  );

  it('does not force a tool together with thinking', () => {
    const { request, warnings } = translated({
      model: 'claude-sonnet-4-6',
      tools,
      tool_choice: 'required',
      thinking: { type: 'enabled', budget_tokens: 2000 },
    });
    expect(request.tool_choice).toEqual({ type: 'auto' });
    expect(warnings).toEqual(['A forced tool_choice is not possible together with thinking: "auto" was sent instead.']);
  });

  it.each<[Record<string, unknown>, unknown]>([
    [{ parallel_tool_calls: false }, { type: 'auto', disable_parallel_tool_use: true }],
    [{ parallel_tool_calls: true }, undefined],
    [
      { parallel_tool_calls: false, tool_choice: 'required' },
      { type: 'any', disable_parallel_tool_use: true },
    ],
    [{ parallel_tool_calls: false, tool_choice: 'none' }, { type: 'none' }],
  ])('translates %j', (body, expected) => {
    expect(translated({ tools, ...body }).request.tool_choice).toEqual(expected);
  });

  it('sends only the allowed tools', () => {
    const choice = {
      type: 'allowed_tools',
      allowed_tools: { mode: 'required', tools: [{ type: 'function', function: { name: 'time' } }] },
    };
    const { request } = translated({ tools, tool_choice: choice });
    expect(request.tools).toEqual([{ name: 'time', input_schema: parameters }]);
    expect(request.tool_choice).toEqual({ type: 'any' });
  });

  it('sends no choice where there are no tools', () => {
    const { request } = translated({ tools: [], tool_choice: 'auto', parallel_tool_calls: false });
    expect(request).not.toHaveProperty('tools');
    expect(request).not.toHaveProperty('tool_choice');
  });

  it('takes the older functions', () => {
    const body = {
      model: 'claude-opus-5',
      messages,
      functions: [{ name: 'f', parameters }],
      function_call: { name: 'f' },
    };
    expect(toMessagesRequest(body)).toMatchObject({
      legacyFunctions: true,
      request: { tools: [{ name: 'f', input_schema: parameters }], tool_choice: { type: 'tool', name: 'f' } },
    });
  });
});
