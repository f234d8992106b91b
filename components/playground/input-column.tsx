import { Plus } from 'lucide-react';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { BlockList } from './block-list';
import { type DraftBlock, type DraftMessage, newMessage } from './draft';
import { JsonSection } from './json-section';
import { MessageCard } from './message-card';
import { SettingsSection } from './settings-section';
import { EXAMPLE_TOOL, objectFrom, toolsFrom } from './tools';
import type { WorkbenchState } from './use-workbench';
import { VariablesSection } from './variables-section';

/** What is asked: system prompt, messages, and folded below them everything else. */
export function InputColumn({ bench }: { bench: WorkbenchState }) {
  const { draft, change } = bench;
  const changeMessage = (next: DraftMessage) =>
    change({ messages: draft.messages.map((message) => (message.id === next.id ? next : message)) });
  const nextRole = draft.messages.at(-1)?.role === 'user' ? 'assistant' : 'user';
  return (
    <section aria-label="Input" className="flex flex-col gap-3">
      <Card className="p-3">
        <h2 className="mb-2 font-medium text-sm">System prompt</h2>
        <BlockList
          label="System prompt"
          blocks={draft.system}
          placeholder="How the model should behave. Optional."
          onChange={(system: DraftBlock[]) => change({ system })}
        />
      </Card>
      {draft.messages.map((message, index) => (
        <MessageCard
          key={message.id}
          message={message}
          position={index + 1}
          isLast={index === draft.messages.length - 1}
          onChange={changeMessage}
          onFork={() => bench.fork(message.id)}
          onRemove={draft.messages.length > 1 ? () => bench.remove(message.id) : null}
        />
      ))}
      <Button
        size="sm"
        className="self-start"
        onClick={() => change({ messages: [...draft.messages, newMessage(nextRole)] })}
      >
        <Plus aria-hidden />
        Add {nextRole} message
      </Button>
      <VariablesSection draft={draft} onChange={change} />
      <SettingsSection settings={draft.settings} onChange={(settings) => change({ settings })} />
      <JsonSection
        title="Tools"
        label="Tools as JSON"
        hint="An array of name, description and input_schema. When the model calls one, go on with a result of your own."
        value={draft.tools}
        check={(typed) => {
          const tools = toolsFrom(typed);
          return tools.ok ? { summary: tools.value.map(({ name }) => name).join(', ') } : { problem: tools.problem };
        }}
        example={{ label: 'Add a tool', insert: withExample }}
        onChange={(tools) => change({ tools })}
      />
      <JsonSection
        title="Structured output"
        label="JSON schema of the answer"
        hint="The answer is JSON that keeps to this schema, where the model supports it."
        value={draft.outputSchema}
        check={(typed) => {
          const schema = objectFrom(typed, 'The schema');
          if (!schema.ok) return { problem: schema.problem };
          return { summary: schema.value ? 'JSON schema' : '' };
        }}
        example={{ label: 'Insert an example', insert: () => JSON.stringify(EXAMPLE_SCHEMA, null, 2) }}
        onChange={(outputSchema) => change({ outputSchema })}
      />
    </section>
  );
}

const EXAMPLE_SCHEMA = {
  type: 'object',
  properties: { answer: { type: 'string' }, confident: { type: 'boolean' } },
  required: ['answer', 'confident'],
  additionalProperties: false,
};

/** The tools with one more, under a name that is free; what is no list of tools is left as it is. */
function withExample(typed: string): string {
  const tools = toolsFrom(typed);
  if (!tools.ok) return typed;
  const taken = new Set(tools.value.map(({ name }) => name));
  let name = EXAMPLE_TOOL.name;
  for (let number = 2; taken.has(name); number++) name = `${EXAMPLE_TOOL.name}_${number}`;
  return JSON.stringify([...tools.value, { ...EXAMPLE_TOOL, name }], null, 2);
}
