import type { PlaygroundModel } from '@/lib/playground/schema';
import type { Draft } from './draft';
import { isEmpty } from './empty-block';
import type { ReadyDraft } from './ready-draft';
import { chatBody } from './request-chat';
import { messagesBody } from './request-messages';
import { settingProblem } from './settings';
import { objectFrom, toolsFrom } from './tools';
import { filledIn, variablesOf } from './variables';

/** Everything that keeps a draft from being sent, in words, the first one first. */
export function problemsOf(draft: Draft): string[] {
  const { settings } = draft;
  const tools = toolsFrom(draft.tools);
  const schema = objectFrom(draft.outputSchema, 'The schema');
  const other = objectFrom(settings.other, 'Other parameters');
  const filled = filledIn(draft);
  const unknown = variablesOf(filled).filter((name) => variablesOf(draft).includes(name));
  const inputs = draft.messages.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.type === 'tool_use' && !objectFrom(block.input, '').ok ? [block.name] : [])),
  );
  return [
    draft.messages.every(({ blocks }) => blocks.every(isEmpty)) ? 'Write a message first.' : null,
    unknown.length > 0 ? `Give ${unknown.map((name) => `{{${name}}}`).join(', ')} a value under Variables.` : null,
    settingProblem(settings, 'maxTokens'),
    settingProblem(settings, 'temperature'),
    settingProblem(settings, 'topP'),
    settings.thinking === 'enabled' ? settingProblem(settings, 'thinkingTokens') : null,
    tools.ok ? null : `Tools: ${tools.problem}`,
    schema.ok ? null : `Structured output: ${schema.problem}`,
    other.ok ? null : `Other parameters: ${other.problem}`,
    inputs.length > 0 ? `The input of the call to ${inputs[0]} is not a JSON object.` : null,
  ].filter((problem) => problem !== null);
}

/** The body to send to a model, in the language it is spoken to in. What could not be understood is left out. */
export function bodyFor(draft: Draft, model: Pick<PlaygroundModel, 'id' | 'format' | 'custom'>) {
  const ready = readyDraft(draft);
  return model.format === 'messages' ? messagesBody(ready, model.id) : chatBody(ready, model.id, model.custom);
}

export function readyDraft(draft: Draft): ReadyDraft {
  const tools = toolsFrom(draft.tools);
  const schema = objectFrom(draft.outputSchema, '');
  const other = objectFrom(draft.settings.other, '');
  return {
    ...filledIn(draft),
    tools: tools.ok ? tools.value : [],
    outputSchema: schema.ok ? schema.value : null,
    other: other.ok ? other.value : null,
  };
}
