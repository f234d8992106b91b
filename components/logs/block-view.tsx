import { Brain, ImageIcon, Wrench } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatCount } from '@/lib/format';
import type { Block } from '@/lib/logs/schema';
import { CodeBlock } from '../ui/code-block';
import { LongText } from './long-text';

interface BlockViewProps {
  block: Block;
  /** The names of the tools that were called, by the id of the call. */
  calls: ReadonlyMap<string, string>;
  /** A model wrote it. */
  markdown?: boolean;
}

/** One piece of a message, and where it is the end of what was cached, a mark. */
export function BlockView(props: BlockViewProps) {
  const { cachedFor } = props.block;
  if (!cachedFor) return <Piece {...props} />;
  return (
    <>
      <Piece {...props} />
      <p
        className="flex items-center gap-2 text-2xs text-accent before:h-px before:flex-1 before:bg-accent-border after:h-px after:flex-1 after:bg-accent-border"
        title="The prompt up to here is kept in the provider’s cache"
      >
        Cache breakpoint, {cachedFor === '1h' ? '1 hour' : cachedFor === '5m' ? '5 minutes' : cachedFor}
      </p>
    </>
  );
}

function Piece({ block, calls, markdown }: BlockViewProps) {
  switch (block.type) {
    case 'text':
      return <LongText text={block.text} markdown={markdown} />;
    case 'thinking':
      return <Thinking block={block} />;
    case 'image':
      return <Picture block={block} />;
    case 'tool_use':
      return (
        <Labelled icon={<Wrench aria-hidden />} label="Calls" name={block.name}>
          <CodeBlock code={block.input} />
        </Labelled>
      );
    case 'tool_result':
      return <ToolResult block={block} calls={calls} />;
    case 'other':
      return <CodeBlock code={block.json} title={block.kind} wrap />;
  }
}

/** Folded: it is long, and seldom what one came for. */
function Thinking({ block }: { block: Extract<Block, { type: 'thinking' }> }) {
  if (block.hidden) return <Labelled icon={<Brain aria-hidden />} label="Thinking, not shown by the provider" />;
  return (
    <details className="text-muted-foreground text-xs">
      <summary className="inline-flex cursor-pointer items-center gap-1.5">
        <Brain className="size-3.5" aria-hidden />
        Thinking, {formatCount(block.text.length)} characters
      </summary>
      <div className="mt-1.5 border-l pl-3">
        <LongText text={block.text} quiet />
      </div>
    </details>
  );
}

function ToolResult({
  block,
  calls,
}: {
  block: Extract<Block, { type: 'tool_result' }>;
  calls: BlockViewProps['calls'];
}) {
  const name = block.toolUseId === null ? undefined : calls.get(block.toolUseId);
  const label = block.failed ? 'Error' : 'Result';
  return (
    <Labelled icon={<Wrench aria-hidden />} label={name ? `${label} of` : label} name={name}>
      <div className="flex flex-col gap-2 border-l pl-3">
        {block.blocks.map((inner, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: blocks never move, and have nothing else to be told apart by.
          <BlockView key={index} block={inner} calls={calls} />
        ))}
        {block.blocks.length === 0 && <p className="text-muted-foreground">Empty</p>}
      </div>
    </Labelled>
  );
}

function Labelled(props: { icon: ReactNode; label: string; name?: string; children?: ReactNode }) {
  return (
    <div className="flex flex-col gap-1.5">
      <p className="flex items-center gap-1.5 text-muted-foreground text-xs [&_svg]:size-3.5">
        {props.icon}
        {props.label}
        {props.name && <code className="font-mono text-foreground">{props.name}</code>}
      </p>
      {props.children}
    </div>
  );
}

function Picture({ block }: { block: Extract<Block, { type: 'image' }> }) {
  return (
    <figure className="flex flex-col gap-1">
      {block.dataUrl && (
        // biome-ignore lint/performance/noImgElement: a data URL from the log itself; there is nothing to optimise or to fetch.
        <img
          src={block.dataUrl}
          alt="Sent with the message"
          className="max-h-72 max-w-full rounded-md border object-contain"
        />
      )}
      <figcaption className="flex min-w-0 items-center gap-1.5 text-muted-foreground text-xs">
        <ImageIcon className="size-3.5 shrink-0" aria-hidden />
        {block.link ? (
          <a href={block.link} target="_blank" rel="noreferrer noopener" className="truncate underline">
            {block.label}
          </a>
        ) : (
          <span className="truncate">{block.label}</span>
        )}
      </figcaption>
    </figure>
  );
}
