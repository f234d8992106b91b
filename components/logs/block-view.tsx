import { Brain, ImageIcon, Wrench } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Block } from '@/lib/logs/schema';
import { CodeBlock } from '../ui/code-block';
import { LongText } from './long-text';

/** One piece of a message. */
export function BlockView({ block }: { block: Block }) {
  switch (block.type) {
    case 'text':
      return <LongText text={block.text} />;
    case 'thinking':
      return (
        <Labelled
          icon={<Brain aria-hidden />}
          label={block.hidden ? 'Thinking, not shown by the provider' : 'Thinking'}
        >
          {!block.hidden && <LongText text={block.text} quiet />}
        </Labelled>
      );
    case 'image':
      return <Picture block={block} />;
    case 'tool_use':
      return (
        <Labelled icon={<Wrench aria-hidden />} label="Calls" name={block.name}>
          <CodeBlock code={block.input} />
        </Labelled>
      );
    case 'tool_result':
      return (
        <Labelled icon={<Wrench aria-hidden />} label={block.failed ? 'Result, an error' : 'Result'}>
          <div className="flex flex-col gap-2 border-l pl-3">
            {block.blocks.map((inner, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: blocks never move, and have nothing else to be told apart by.
              <BlockView key={index} block={inner} />
            ))}
            {block.blocks.length === 0 && <p className="text-muted-foreground">Empty</p>}
          </div>
        </Labelled>
      );
    case 'other':
      return <CodeBlock code={block.json} title={block.kind} wrap />;
  }
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
