import { Bookmark, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../ui/button';
import { BlockEditor } from './block-editor';
import { type CacheTtl, type DraftBlock, textBlock } from './draft';

interface BlockListProps {
  /** Whose blocks: "User message 1". */
  label: string;
  blocks: readonly DraftBlock[];
  placeholder: string;
  onChange: (blocks: DraftBlock[]) => void;
}

/** The blocks of a message, each with its cache breakpoint. */
export function BlockList({ label, blocks, placeholder, onChange }: BlockListProps) {
  const replace = (place: number, next: DraftBlock[]) => {
    const changed = blocks.flatMap((block, index) => (index === place ? next : [block]));
    onChange(changed.length > 0 ? changed : [textBlock()]);
  };
  return (
    <div className="flex flex-col gap-2">
      {blocks.map((block, place) => {
        const name = blocks.length === 1 ? label : `${label}, part ${place + 1}`;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: blocks never move, and have nothing else to be told apart by.
          <div key={place} className="flex items-start gap-1">
            <div className="min-w-0 flex-1">
              <BlockEditor
                name={name}
                block={block}
                placeholder={placeholder}
                onChange={(next) => replace(place, [next])}
              />
            </div>
            <div className="flex flex-col">
              {'cache' in block && (
                <CacheButton
                  name={name}
                  ttl={block.cache}
                  onChange={(cache) => replace(place, [{ ...block, cache }])}
                />
              )}
              {(blocks.length > 1 || block.type !== 'text') && (
                <Button
                  variant="ghost"
                  size="icon-sm"
                  aria-label={`Remove ${name}`}
                  title="Remove"
                  className="text-muted-foreground"
                  onClick={() => replace(place, [])}
                >
                  <X aria-hidden />
                </Button>
              )}
            </div>
          </div>
        );
      })}
    </div>
  );
}

const NEXT = { none: '5m', '5m': '1h', '1h': null } as const;
const WORDS = { none: 'none', '5m': '5 minutes', '1h': '1 hour' } as const;

/** Steps through no breakpoint, five minutes and an hour. */
function CacheButton(props: { name: string; ttl: CacheTtl; onChange: (ttl: CacheTtl) => void }): ReactNode {
  const state = props.ttl ?? 'none';
  return (
    <Button
      variant="ghost"
      size={props.ttl ? 'sm' : 'icon-sm'}
      aria-label={`Cache breakpoint of ${props.name}: ${WORDS[state]}`}
      title={`Cache breakpoint: ${WORDS[state]}. The prompt is cached up to here, where the model can.`}
      className={props.ttl ? 'px-1 text-accent' : 'text-muted-foreground'}
      onClick={() => props.onChange(NEXT[state])}
    >
      <Bookmark aria-hidden fill={props.ttl ? 'currentColor' : 'none'} />
      {props.ttl}
    </Button>
  );
}
