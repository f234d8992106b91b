import type { DraftBlock, DraftMessage } from './draft';
import { isEmpty } from './empty-block';
import type { ReadyDraft } from './ready-draft';
import { compact } from './request-messages';
import { numberOf, stopsOf } from './settings';
import type { Tool } from './tools';

/**
 * A draft as the body of OpenAI's chat completions. What only Anthropic's API has (cache breakpoints, thinking, its own tools) is left out.
 * @param custom of a provider that may know only the older name of the limit on tokens
 */
export function chatBody(draft: ReadyDraft, model: string, custom: boolean): Record<string, unknown> {
  const { settings } = draft;
  const system = textIn(draft.system);
  const stops = stopsOf(settings);
  const tools = draft.tools.flatMap(toFunction);
  return compact({
    model,
    [custom ? 'max_tokens' : 'max_completion_tokens']: numberOf(settings, 'maxTokens'),
    stream: true,
    stream_options: { include_usage: true },
    messages: [...(system === '' ? [] : [{ role: 'system', content: system }]), ...draft.messages.flatMap(toMessages)],
    temperature: numberOf(settings, 'temperature'),
    top_p: numberOf(settings, 'topP'),
    stop: stops.length > 0 ? stops : null,
    reasoning_effort: settings.effort === 'default' ? null : settings.effort,
    response_format: draft.outputSchema && {
      type: 'json_schema',
      json_schema: { name: 'answer', schema: draft.outputSchema, strict: true },
    },
    tools: tools.length > 0 ? tools : null,
    ...draft.other,
  });
}

function toFunction(tool: Tool): Record<string, unknown>[] {
  if (!('input_schema' in tool)) return [];
  const { name, description, input_schema } = tool;
  return [{ type: 'function', function: compact({ name, description, parameters: input_schema }) }];
}

/** Results of tools are messages of their own there, before what the person says. */
function toMessages({ role, blocks }: DraftMessage): Record<string, unknown>[] {
  const sent = blocks.filter((block) => !isEmpty(block));
  if (role === 'assistant') {
    const calls = sent.flatMap(toCall);
    const content = textIn(sent);
    if (content === '' && calls.length === 0) return [];
    return [compact({ role, content: content === '' ? null : content, tool_calls: calls.length > 0 ? calls : null })];
  }
  const results = sent.flatMap((block) =>
    block.type === 'tool_result' ? [{ role: 'tool', tool_call_id: block.toolUseId, content: block.text }] : [],
  );
  const parts = sent.flatMap(toPart);
  if (parts.length === 0) return results;
  const plain = parts.every(({ type }) => type === 'text');
  return [...results, { role, content: plain ? textIn(sent) : parts }];
}

function toCall(block: DraftBlock) {
  if (block.type !== 'tool_use') return [];
  return [{ id: block.id, type: 'function', function: { name: block.name, arguments: block.input || '{}' } }];
}

function toPart(block: DraftBlock): { type: string; [member: string]: unknown }[] {
  if (block.type === 'text') return [{ type: 'text', text: block.text }];
  if (block.type !== 'media') return [];
  const url = `data:${block.mediaType};base64,${block.data}`;
  if (block.mediaType.startsWith('image/')) return [{ type: 'image_url', image_url: { url } }];
  return [{ type: 'file', file: { filename: block.name, file_data: url } }];
}

function textIn(blocks: readonly DraftBlock[]): string {
  return blocks.flatMap((block) => (block.type === 'text' && !isEmpty(block) ? [block.text] : [])).join('\n\n');
}
