import { z } from 'zod';

/** What stands in the playground: enough to make any request again, in the language of any provider. */

const cache = z.enum(['5m', '1h']).nullable().default(null);
export type CacheTtl = z.infer<typeof cache>;

export const draftBlock = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string(), cache }),
  /** An image or a PDF, in base64. */
  z.object({ type: z.literal('media'), mediaType: z.string(), data: z.string(), name: z.string(), cache }),
  z.object({ type: z.literal('thinking'), text: z.string(), signature: z.string() }),
  /** The input is JSON as text, so that one that was cut off stays what it is. */
  z.object({ type: z.literal('tool_use'), id: z.string(), name: z.string(), input: z.string(), cache }),
  z.object({ type: z.literal('tool_result'), toolUseId: z.string(), text: z.string(), failed: z.boolean(), cache }),
  /** Of a kind that is not edited here: kept as it came. */
  z.object({ type: z.literal('kept'), kind: z.string(), json: z.string() }),
]);
export type DraftBlock = z.infer<typeof draftBlock>;

const role = z.enum(['user', 'assistant']);

const draftMessage = z.object({ id: z.string(), role, blocks: z.array(draftBlock) });
export type DraftMessage = z.infer<typeof draftMessage>;

export const THINKING_MODES = ['default', 'disabled', 'adaptive', 'between_tools', 'enabled'] as const;
export const EFFORTS = ['default', 'low', 'medium', 'high', 'xhigh', 'max'] as const;

const settings = z.object({
  maxTokens: z.string(),
  temperature: z.string(),
  topP: z.string(),
  /** One a line. */
  stop: z.string(),
  thinking: z.enum(THINKING_MODES),
  thinkingTokens: z.string(),
  effort: z.enum(EFFORTS),
  /** A JSON object of members that have no field of their own. */
  other: z.string(),
});
/** As they were typed; an empty one is not sent. */
export type Settings = z.infer<typeof settings>;

const valueSet = z.object({ id: z.string(), name: z.string(), values: z.record(z.string(), z.string()) });
export type ValueSet = z.infer<typeof valueSet>;

export const draftSchema = z.object({
  system: z.array(draftBlock),
  messages: z.array(draftMessage),
  models: z.array(z.string()).min(1).max(4),
  settings,
  /** A JSON array of tools in Anthropic's form, or empty. */
  tools: z.string(),
  /** A JSON schema that the answer must keep to, or empty. */
  outputSchema: z.string(),
  valueSets: z.array(valueSet).min(1),
  valueSet: z.string(),
});
export type Draft = z.infer<typeof draftSchema>;

export const MAX_MODELS = 4;
export const DEFAULT_MAX_TOKENS = '1024';

let made = 0;

/** Told apart within one page and one saved draft. crypto.randomUUID is missing where a page comes by plain http. */
export function newId(): string {
  made += 1;
  return `${Date.now().toString(36)}-${made}-${Math.random().toString(36).slice(2, 8)}`;
}

export const NO_SETTINGS: Settings = {
  maxTokens: DEFAULT_MAX_TOKENS,
  temperature: '',
  topP: '',
  stop: '',
  thinking: 'default',
  thinkingTokens: '4096',
  effort: 'default',
  other: '',
};

export function textBlock(text = ''): DraftBlock {
  return { type: 'text', text, cache: null };
}

export function newMessage(role: DraftMessage['role'], blocks: DraftBlock[] = [textBlock()]): DraftMessage {
  return { id: newId(), role, blocks };
}

export function emptyDraft(model: string): Draft {
  const values = { id: newId(), name: 'Set 1', values: {} };
  return {
    system: [textBlock()],
    messages: [newMessage('user')],
    models: [model],
    settings: NO_SETTINGS,
    tools: '',
    outputSchema: '',
    valueSets: [values],
    valueSet: values.id,
  };
}
