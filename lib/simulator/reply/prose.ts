import type { MessageRequest } from '../validate/schema';
import type { Seed } from './seed';

const QUOTE_CHARACTERS = 140;

/** A few sentences that say what arrived, so that a person sees the whole path work, and that no model answered. */
export function answer(text: string, request: MessageRequest, seed: Seed): string {
  const opening = seed.pick([
    'This is a simulated reply: no model read your message.',
    'You are talking to the simulator, so this reply is made up on the spot.',
    'Hello from the simulator. No model was called for this reply.',
  ]);
  const echo = text === '' ? 'Your last message had no text.' : `You wrote: “${shorten(text)}”`;
  const closing = seed.pick([
    'Connect a provider key, and the same request gets a real answer.',
    'Everything around it is real: the request, the stream, the token counts, the log.',
    'The request went the same way as it would to the provider; only the answer is canned.',
  ]);
  return `${opening} ${echo}\n\n${describe(request)} ${closing}`;
}

/** What the model says once it has the results of its tools. */
export function afterTools(request: MessageRequest, seed: Seed): string {
  const results = request.messages.at(-1)?.content.filter((block) => block.type === 'tool_result') ?? [];
  const texts = results.flatMap((result) =>
    (result.content ?? []).flatMap((block) => (block.type === 'text' ? [block.text] : [])),
  );
  const failed = results.some((result) => result.is_error === true);
  const found = texts.length === 0 ? 'without any text' : `saying “${shorten(texts.join('; '))}”`;
  const opening = failed
    ? 'The tool reported an error'
    : results.length > 1
      ? 'The tools answered'
      : 'The tool answered';
  const closing = seed.pick([
    'This is a simulated reply, so nothing was concluded from it.',
    'A model would now work with that; the simulator only repeats it.',
  ]);
  return `${opening}, ${found}. ${closing}`;
}

/** About so many characters of readable filler. */
export function filler(characters: number, seed: Seed): string {
  const sentences = [
    'This sentence was made by the simulator.',
    'It says nothing, at a length that was asked for.',
    'Streams, limits and costs can be watched with it.',
    'No model had to think about it.',
  ] as const;
  const parts: string[] = [];
  for (let length = 0; length < characters; ) {
    const sentence = `${seed.pick(sentences)} `;
    parts.push(sentence);
    length += sentence.length;
  }
  return parts.join('').slice(0, characters).trimEnd();
}

export function thought(text: string, seed: Seed): string {
  const opening = seed.pick(['The person writes', 'Let me look at what was asked', 'First, the request']);
  return (
    `${opening}: “${shorten(text)}”. ` +
    'I am a simulator, so there is nothing to work out; I will say what arrived and keep it short.'
  );
}

function describe(request: MessageRequest): string {
  const blocks = request.messages.flatMap((message) => message.content);
  const parts = [
    count(request.messages.length, 'message'),
    (request.system?.length ?? 0) > 0 ? 'a system prompt' : null,
    request.tools?.length ? count(request.tools.length, 'tool') : null,
    kind(blocks, 'image'),
    kind(blocks, 'document'),
  ].filter((part) => part !== null);
  const last = parts.pop() ?? '';
  return `It came with ${parts.length === 0 ? last : `${parts.join(', ')} and ${last}`}.`;
}

function kind(blocks: readonly { type: string }[], type: string): string | null {
  const found = blocks.filter((block) => block.type === type).length;
  return found === 0 ? null : count(found, type);
}

function count(amount: number, noun: string): string {
  return amount === 1 ? `1 ${noun}` : `${amount} ${noun}s`;
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const characters = [...line];
  return characters.length <= QUOTE_CHARACTERS ? line : `${characters.slice(0, QUOTE_CHARACTERS - 1).join('')}…`;
}
