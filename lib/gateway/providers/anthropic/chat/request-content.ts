import type { Block } from './blocks';
import { RequestProblem } from './problem';
import { documentFromFile, imageFromUrl } from './request-media';
import type { Content, ContentPart } from './schema';

/** Content parts as Anthropic blocks. Text without a visible character is left out: Anthropic refuses it. */
export function toBlocks(content: Content | null | undefined, path: string, warnings: Set<string>): Block[] {
  if (content === null || content === undefined) return [];
  if (typeof content === 'string') return textBlocks(content);
  return content.flatMap((part, index) => partBlocks(part, `${path}.${index}`, warnings));
}

/** The same for messages that can hold text only. */
export function toTextBlocks(content: Content | null | undefined, path: string, role: string): Block[] {
  if (content === null || content === undefined) return [];
  if (typeof content === 'string') return textBlocks(content);
  return content.flatMap((part, index) => {
    if (part.type === 'text') return withCacheControl(textBlocks(part.text), part.cache_control);
    if (part.type === 'refusal') return withCacheControl(textBlocks(part.refusal), part.cache_control);
    const message = `${path}.${index}.type: ${role} messages can hold text only, not ${part.type}.`;
    throw new RequestProblem(message, `${path}.${index}`);
  });
}

/** Marks the last block as the end of a cached prefix, unless it says so itself. */
export function withCacheControl(blocks: Block[], cacheControl: Block['cache_control'] | null): Block[] {
  const last = blocks.at(-1);
  if (!cacheControl || last === undefined || last.cache_control) return blocks;
  return [...blocks.slice(0, -1), { ...last, cache_control: cacheControl }];
}

function textBlocks(text: string): Block[] {
  return text.trim() === '' ? [] : [{ type: 'text', text }];
}

function partBlocks(part: ContentPart, path: string, warnings: Set<string>): Block[] {
  switch (part.type) {
    case 'text':
      return withCacheControl(textBlocks(part.text), part.cache_control);
    case 'refusal':
      return withCacheControl(textBlocks(part.refusal), part.cache_control);
    case 'image_url': {
      const image = typeof part.image_url === 'string' ? { url: part.image_url } : part.image_url;
      if (image.detail && image.detail !== 'auto') {
        warnings.add('image_url.detail is not supported by Anthropic and was not sent.');
      }
      return withCacheControl([imageFromUrl(image.url, path)], part.cache_control);
    }
    case 'file':
      return withCacheControl([documentFromFile(part.file, path)], part.cache_control);
    case 'input_audio':
      throw new RequestProblem(`${path}.type: Anthropic takes no audio input.`, path);
    default:
      return [withoutNulls(part)];
  }
}

function withoutNulls(part: Block): Block {
  const block: Block = { type: part.type };
  for (const [key, value] of Object.entries(part)) if (value !== null && value !== undefined) block[key] = value;
  return block;
}
