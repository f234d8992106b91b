import { FileText } from 'lucide-react';
import { CodeBlock } from '../ui/code-block';
import { Field } from '../ui/field';
import { Textarea } from '../ui/textarea';
import type { DraftBlock } from './draft';
import { MediaView } from './media-view';
import { ThinkingView } from './thinking-view';
import { objectFrom } from './tools';

interface BlockEditorProps {
  name: string;
  block: DraftBlock;
  placeholder: string;
  onChange: (block: DraftBlock) => void;
}

/** One block of a message, edited where it can be. */
export function BlockEditor({ name, block, placeholder, onChange }: BlockEditorProps) {
  switch (block.type) {
    case 'text':
      return (
        <Textarea
          aria-label={name}
          value={block.text}
          placeholder={placeholder}
          onChange={(event) => onChange({ ...block, text: event.target.value })}
        />
      );
    case 'media':
      return <MediaView block={block} />;
    case 'thinking':
      return <ThinkingView text={block.text} />;
    case 'tool_use': {
      const input = objectFrom(block.input, 'The input');
      return (
        <Field label={<Calls name={block.name} />} error={input.ok ? undefined : input.problem}>
          <Textarea
            value={block.input}
            spellCheck={false}
            className="min-h-9 font-mono text-xs"
            onChange={(event) => onChange({ ...block, input: event.target.value })}
          />
        </Field>
      );
    }
    case 'tool_result':
      return (
        <Field
          label={
            <>
              Result of <code className="font-mono text-xs">{block.toolUseId}</code>
            </>
          }
        >
          <Textarea
            value={block.text}
            placeholder="What the tool would answer"
            className="min-h-9 font-mono text-xs"
            onChange={(event) => onChange({ ...block, text: event.target.value })}
          />
        </Field>
      );
    case 'kept':
      return (
        <details>
          <summary className="flex h-7 cursor-pointer items-center gap-1.5 text-muted-foreground text-xs">
            <FileText className="size-3.5" aria-hidden />
            {block.kind}, sent as it came
          </summary>
          <CodeBlock code={block.json} wrap />
        </details>
      );
  }
}

function Calls({ name }: { name: string }) {
  return (
    <>
      Calls <code className="font-mono text-xs">{name}</code>
    </>
  );
}
