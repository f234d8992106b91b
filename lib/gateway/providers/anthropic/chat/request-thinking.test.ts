import { describe, expect, it } from 'vitest';
import { toMessagesRequest } from './request';

const messages = [{ role: 'user', content: 'Hi' }];
const summarized = { type: 'adaptive', display: 'summarized' };
const tools = [{ type: 'function', function: { name: 'f' } }];

function reasoning(body: Record<string, unknown>) {
  const result = toMessagesRequest({ messages, ...body });
  if (!result.ok) throw new Error(result.message);
  const { thinking, output_config, max_tokens } = result.request;
  return { thinking, output_config, max_tokens, warnings: result.warnings.length };
}

describe('reasoning_effort', () => {
  it.each<[string, string, unknown, unknown, number, number]>([
    // model, effort, thinking, output_config, max_tokens, warnings
    ['claude-opus-5-5', 'minimal', summarized, { effort: 'low' }, 4096, 0],
    ['claude-opus-5-5', 'high', summarized, { effort: 'high' }, 4096, 0],
    ['claude-opus-5-5', 'none', undefined, undefined, 4096, 1],
    ['claude-opus-5', 'xhigh', summarized, { effort: 'xhigh' }, 4096, 0],
    ['claude-opus-5', 'none', { type: 'disabled' }, undefined, 4096, 0],
    ['claude-sonnet-5-5', 'none', { type: 'between_tools' }, undefined, 4096, 1],
    ['claude-opus-4-8', 'medium', summarized, { effort: 'medium' }, 4096, 0],
    ['claude-opus-4-8', 'none', undefined, undefined, 4096, 0],
    ['claude-sonnet-4-6', 'xhigh', summarized, { effort: 'high' }, 4096, 1],
    ['claude-sonnet-4-6', 'max', summarized, { effort: 'max' }, 4096, 0],
    ['claude-opus-4-5', 'medium', { type: 'enabled', budget_tokens: 4096 }, { effort: 'medium' }, 8192, 0],
    ['claude-haiku-4-5-20251001', 'low', { type: 'enabled', budget_tokens: 1024 }, undefined, 5120, 0],
    ['claude-3-haiku-20240307', 'low', undefined, undefined, 4096, 1],
  ])('%s, %s', (model, effort, thinking, output_config, max_tokens, warnings) => {
    expect(reasoning({ model, reasoning_effort: effort })).toEqual({ thinking, output_config, max_tokens, warnings });
  });

  it('keeps a thinking budget under the limit of the caller, or leaves it out', () => {
    const body = { model: 'claude-haiku-4-5', reasoning_effort: 'high' };
    expect(reasoning({ ...body, max_tokens: 4000 }).thinking).toEqual({ type: 'enabled', budget_tokens: 3200 });
    expect(reasoning({ ...body, max_tokens: 1025 }).thinking).toEqual({ type: 'enabled', budget_tokens: 1024 });
    expect(reasoning({ ...body, max_tokens: 1024 })).toMatchObject({ thinking: undefined, warnings: 1 });
  });

  it('does not start to think in the middle of a tool call that came without thinking', () => {
    const call = { id: 'call_1', type: 'function', function: { name: 'f', arguments: '{}' } };
    const thinking_blocks = [{ type: 'thinking', thinking: 'Hm', signature: 'sig' }];
    const history = (extra: object) => [
      ...messages,
      { role: 'assistant', content: null, tool_calls: [call], ...extra },
      { role: 'tool', tool_call_id: 'call_1', content: 'x' },
    ];
    const body = { model: 'claude-sonnet-4-5', reasoning_effort: 'low', tools };
    expect(reasoning({ ...body, messages: history({}) })).toMatchObject({ thinking: undefined, warnings: 1 });
    expect(reasoning({ ...body, messages: history({ thinking_blocks }) })).toMatchObject({ warnings: 0 });
    expect(reasoning({ ...body, model: 'claude-opus-5', messages: history({}) }).thinking).toEqual(summarized);
  });

  it('keeps a forced tool rather than thinking nobody asked for by name', () => {
    const body = { reasoning_effort: 'high', tools, tool_choice: 'required' };
    const result = toMessagesRequest({ ...body, model: 'claude-opus-4-8', messages });
    expect(result).toMatchObject({
      request: { tool_choice: { type: 'any' }, output_config: { effort: 'high' } },
      warnings: [],
    });
    expect(result.ok && 'thinking' in result.request).toBe(false);
  });

  it('refuses an effort that does not exist', () => {
    const result = toMessagesRequest({ model: 'claude-opus-5', messages, reasoning_effort: 'huge' });
    expect(result).toMatchObject({ ok: false, param: 'reasoning_effort' });
  });
});

describe('thinking', () => {
  it.each<[string, Record<string, unknown>, unknown, number]>([
    ['claude-opus-4-6', { type: 'enabled', budget_tokens: 2048 }, { type: 'enabled', budget_tokens: 2048 }, 0],
    ['claude-opus-5-5', { type: 'enabled', budget_tokens: 2048 }, summarized, 1],
    ['claude-opus-5-5', { type: 'enabled', display: 'omitted' }, { type: 'adaptive', display: 'omitted' }, 1],
    ['claude-opus-5-5', { type: 'adaptive' }, { type: 'adaptive' }, 0],
    ['claude-haiku-4-5', { type: 'adaptive' }, { type: 'enabled', budget_tokens: 4096 }, 1],
    ['claude-opus-5', { type: 'disabled' }, { type: 'disabled' }, 0],
    ['claude-opus-5-5', { type: 'disabled' }, undefined, 1],
    ['claude-sonnet-5-5', { type: 'between_tools' }, { type: 'between_tools' }, 0],
    ['claude-opus-5', { type: 'between_tools' }, undefined, 1],
    ['claude-opus-5', { type: 'something_new' }, { type: 'something_new' }, 0],
    ['some-other-model', { type: 'enabled', budget_tokens: 9 }, { type: 'enabled', budget_tokens: 9 }, 0],
  ])('%s, %j', (model, thinking, expected, warnings) => {
    expect(reasoning({ model, thinking })).toMatchObject({ thinking: expected, warnings });
  });

  it('lowers an effort that needs the thinking which was switched off', () => {
    const body = { model: 'claude-opus-5', thinking: { type: 'disabled' }, reasoning_effort: 'max' };
    expect(reasoning(body)).toMatchObject({
      thinking: { type: 'disabled' },
      output_config: { effort: 'high' },
      warnings: 1,
    });
  });
});
