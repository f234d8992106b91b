import type { CacheTtl, DraftBlock } from './draft';
import { isEmpty } from './empty-block';
import type { ReadyDraft } from './ready-draft';
import { numberOf, stopsOf } from './settings';

/** A draft as the body of Anthropic's Messages. */
export function messagesBody(draft: ReadyDraft, model: string): Record<string, unknown> {
  const { settings } = draft;
  const system = contentOf(draft.system);
  const stops = stopsOf(settings);
  return compact({
    model,
    max_tokens: numberOf(settings, 'maxTokens'),
    stream: true,
    system: system.length > 0 ? system : null,
    messages: draft.messages
      .map(({ role, blocks }) => ({ role, content: contentOf(blocks) }))
      .filter(({ content }) => content.length > 0),
    temperature: numberOf(settings, 'temperature'),
    top_p: numberOf(settings, 'topP'),
    stop_sequences: stops.length > 0 ? stops : null,
    thinking: thinkingOf(draft),
    output_config: outputConfig(draft),
    tools: draft.tools.length > 0 ? draft.tools : null,
    ...draft.other,
  });
}

/** What is one plain text is written as one. */
function contentOf(blocks: readonly DraftBlock[]): string | Record<string, unknown>[] {
  const sent = blocks.filter((block) => !isEmpty(block));
  const [first] = sent;
  if (sent.length === 1 && first?.type === 'text' && !first.cache) return first.text;
  return sent.flatMap(toContent);
}

function toContent(block: DraftBlock): Record<string, unknown>[] {
  switch (block.type) {
    case 'text':
      return [{ type: 'text', text: block.text, ...cacheControl(block.cache) }];
    case 'media': {
      const source = { type: 'base64', media_type: block.mediaType, data: block.data };
      const type = block.mediaType.startsWith('image/') ? 'image' : 'document';
      return [{ type, source, ...cacheControl(block.cache) }];
    }
    case 'thinking':
      // Unsigned thinking (of another provider, or of an answer that was stopped) would be refused.
      return block.signature === '' ? [] : [{ type: 'thinking', thinking: block.text, signature: block.signature }];
    case 'tool_use':
      return [
        {
          type: 'tool_use',
          id: block.id,
          name: block.name,
          input: readJson(block.input),
          ...cacheControl(block.cache),
        },
      ];
    case 'tool_result':
      return [
        {
          type: 'tool_result',
          tool_use_id: block.toolUseId,
          content: block.text,
          ...(block.failed ? { is_error: true } : {}),
          ...cacheControl(block.cache),
        },
      ];
    case 'kept':
      return [readJson(block.json)];
  }
}

function cacheControl(ttl: CacheTtl) {
  if (ttl === null) return {};
  return { cache_control: ttl === '5m' ? { type: 'ephemeral' } : { type: 'ephemeral', ttl } };
}

function thinkingOf({ settings }: ReadyDraft) {
  if (settings.thinking === 'default') return null;
  if (settings.thinking !== 'enabled') return { type: settings.thinking };
  return { type: 'enabled', budget_tokens: numberOf(settings, 'thinkingTokens') };
}

function outputConfig({ settings, outputSchema }: ReadyDraft) {
  const effort = settings.effort === 'default' ? null : settings.effort;
  if (effort === null && outputSchema === null) return null;
  return compact({ effort, format: outputSchema && { type: 'json_schema', schema: outputSchema } });
}

/** Without what is not set. */
export function compact(body: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null && value !== undefined));
}

function readJson(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
