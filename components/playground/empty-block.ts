import type { DraftBlock } from './draft';

/** A text that says nothing is not sent: providers refuse it. */
export function isEmpty(block: DraftBlock): boolean {
  return block.type === 'text' && block.text.trim() === '';
}
