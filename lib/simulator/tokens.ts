import type { Model } from './model';

/** Newer models use a tokenizer that makes about 30 % more tokens of the same text. */
function bytesPerToken(model: Model): number {
  return model.generation >= 4.7 ? 3.1 : 4;
}

/** A plausible count, not the provider's: bytes divided by a constant, rounded up. */
export function countTokens(text: string, model: Model): number {
  return Math.ceil(Buffer.byteLength(text) / bytesPerToken(model));
}

/** The longest start of a text that costs at most so many tokens; never half a character. */
export function truncateToTokens(text: string, tokens: number, model: Model): string {
  let room = Math.floor(tokens * bytesPerToken(model));
  let end = 0;
  for (const character of text) {
    room -= Buffer.byteLength(character);
    if (room < 0) break;
    end += character.length;
  }
  return text.slice(0, end);
}
