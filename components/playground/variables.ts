import type { Draft, DraftBlock } from './draft';

const VARIABLE = /\{\{\s*([A-Za-z_][\w.-]*)\s*\}\}/g;

/** The names between double braces in the draft's own texts, each once, in the order they are met. */
export function variablesOf({ system, messages }: Pick<Draft, 'system' | 'messages'>): string[] {
  const blocks = [...system, ...messages.flatMap((message) => message.blocks)];
  return [...new Set(blocks.flatMap((block) => [...textOf(block).matchAll(VARIABLE)].map(([, name]) => name ?? '')))];
}

/** The draft with every variable replaced by its value in the set that is chosen; one without a value stays as it is. */
export function filledIn<D extends Pick<Draft, 'system' | 'messages' | 'valueSets' | 'valueSet'>>(draft: D): D {
  const values = new Map(Object.entries(chosenValues(draft)));
  const fill = (text: string) => text.replace(VARIABLE, (whole, name: string) => values.get(name) ?? whole);
  const filled = (block: DraftBlock): DraftBlock =>
    block.type === 'text' || block.type === 'tool_result' ? { ...block, text: fill(block.text) } : block;
  return {
    ...draft,
    system: draft.system.map(filled),
    messages: draft.messages.map((message) => ({ ...message, blocks: message.blocks.map(filled) })),
  };
}

export function chosenValues({ valueSets, valueSet }: Pick<Draft, 'valueSets' | 'valueSet'>): Record<string, string> {
  return (valueSets.find(({ id }) => id === valueSet) ?? valueSets[0])?.values ?? {};
}

function textOf(block: DraftBlock): string {
  return block.type === 'text' || block.type === 'tool_result' ? block.text : '';
}
