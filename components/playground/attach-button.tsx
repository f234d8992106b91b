'use client';

import { Paperclip } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '../ui/button';
import { useToast } from '../ui/toast';
import type { DraftBlock } from './draft';

const MB = 1024 * 1024;
/** What Anthropic takes of one image; a document may be larger, but a request of several has to fit as well. */
const MAX_BYTES = 5 * MB;
const TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/pdf'];

/** Images and PDFs from this computer, in base64. */
export function AttachButton({ label, onAttach }: { label: string; onAttach: (blocks: DraftBlock[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const toast = useToast();

  async function attach(files: readonly File[]) {
    const refused = files.filter(({ type, size }) => !TYPES.includes(type) || size > MAX_BYTES);
    const taken = files.filter((file) => !refused.includes(file));
    for (const { name, size } of refused) {
      const description = size > MAX_BYTES ? 'It has more than 5 MB.' : 'Choose a PNG, JPEG, GIF, WebP or PDF file.';
      toast({ tone: 'danger', title: `${name} was not attached`, description });
    }
    if (taken.length > 0) onAttach(await Promise.all(taken.map(toBlock)));
  }

  return (
    <>
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={label}
        title="Attach images or PDFs, up to 5 MB each"
        className="text-muted-foreground"
        onClick={() => input.current?.click()}
      >
        <Paperclip aria-hidden />
      </Button>
      <input
        ref={input}
        type="file"
        accept={TYPES.join(',')}
        multiple
        hidden
        onChange={(event) => {
          void attach([...(event.target.files ?? [])]);
          // The same file can be chosen again.
          event.target.value = '';
        }}
      />
    </>
  );
}

async function toBlock(file: File): Promise<DraftBlock> {
  const url = await new Promise<string>((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result));
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(file);
  });
  return {
    type: 'media',
    mediaType: file.type,
    data: url.slice(url.indexOf(',') + 1),
    name: file.name,
    cache: null,
  };
}
