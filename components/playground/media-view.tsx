import { FileText } from 'lucide-react';
import type { DraftBlock } from './draft';

const SHOWN = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

/** An image as it is, a document by its name. */
export function MediaView({ block }: { block: Extract<DraftBlock, { type: 'media' }> }) {
  const size = `${Math.max(1, Math.round((block.data.length * 0.75) / 1024))} kB`;
  return (
    <figure className="flex items-center gap-2 text-muted-foreground text-xs">
      {SHOWN.includes(block.mediaType) ? (
        // biome-ignore lint/performance/noImgElement: a data URL; there is nothing to optimise or to fetch.
        <img
          src={`data:${block.mediaType};base64,${block.data}`}
          alt={`${block.name}, attached`}
          className="size-14 rounded-md border object-cover"
        />
      ) : (
        <FileText className="size-5" aria-hidden />
      )}
      <figcaption className="min-w-0 truncate">
        {block.name}, {size}
      </figcaption>
    </figure>
  );
}
