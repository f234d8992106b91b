import { Wrench } from 'lucide-react';
import { CodeBlock } from '../ui/code-block';
import type { DraftBlock } from './draft';
import { MediaView } from './media-view';
import { isRunning, type Run } from './run';
import { ThinkingView } from './thinking-view';

/** An answer as it grows. */
export function AnswerView({ run }: { run: Run }) {
  const { blocks, phase } = run;
  if (phase === 'idle') {
    return (
      <p className="m-auto max-w-[40ch] text-center text-muted-foreground text-sm">
        The answer appears here, with its cost, time and tokens.
      </p>
    );
  }
  const reading = blocks.at(-1);
  return (
    <div className="flex flex-col gap-3" aria-busy={isRunning(run)}>
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks never move, and have nothing else to be told apart by.
        <AnswerBlock key={index} block={block} open={isRunning(run) && block === reading} />
      ))}
      {isRunning(run) && blocks.length === 0 && <p className="text-muted-foreground text-sm">Waiting for the answer</p>}
      {(run.stopReason === 'max_tokens' || run.stopReason === 'length') && (
        <p className="text-muted-foreground text-xs">It ends here because max tokens was reached.</p>
      )}
      {phase === 'finished' && blocks.length === 0 && <p className="text-muted-foreground text-sm">An empty answer.</p>}
    </div>
  );
}

function AnswerBlock({ block, open }: { block: DraftBlock; open: boolean }) {
  switch (block.type) {
    case 'text':
      return <p className="max-w-[70ch] whitespace-pre-wrap break-words text-base">{block.text}</p>;
    case 'thinking':
      return <ThinkingView text={block.text} open={open} />;
    case 'tool_use':
      return (
        <div>
          <p className="mb-1.5 flex items-center gap-1.5 text-muted-foreground text-xs">
            <Wrench className="size-3.5" aria-hidden />
            Calls <code className="font-mono text-foreground">{block.name}</code>
          </p>
          <CodeBlock code={block.input} wrap />
        </div>
      );
    case 'media':
      return <MediaView block={block} />;
    case 'tool_result':
      return <CodeBlock title="Result" code={block.text} wrap />;
    case 'kept':
      return <CodeBlock title={block.kind} code={block.json} wrap />;
  }
}
