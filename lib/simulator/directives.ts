import type { MessageRequest } from './validate/schema';

/**
 * What the last user message asks of the simulator itself, in double brackets anywhere in its text:
 *
 *   [[fault:<name> key=value …]]   a fault, see faults.ts; may stand several times
 *   [[reply:<text>]]               exactly this text as the reply
 *   [[length:<n>]]                 a reply of about n tokens
 *   [[redacted]]                   a redacted_thinking block before the reply
 *   [[tokens:out=9 in=9 read=9 write5m=9 write1h=9 thinking=9]]   report these token counts instead of the real ones
 */
export interface Directives {
  readonly faults: readonly string[];
  readonly reply: string | null;
  readonly lengthTokens: number | null;
  readonly redacted: boolean;
  readonly tokens: ReadonlyMap<string, number>;
}

const MARKER = /\[\[(fault|reply|length|tokens|redacted)(?::([\s\S]*?))?\]\]/g;
const MAX_LENGTH_TOKENS = 128_000;

export function directivesOf(request: Pick<MessageRequest, 'messages'>): Directives {
  const markers = [...lastUserText(request).matchAll(MARKER)].map(([, name, value]) => ({ name, value: value ?? '' }));
  const value = (name: string) => markers.find((marker) => marker.name === name)?.value ?? null;
  const length = Number.parseInt(value('length') ?? '', 10);
  return {
    faults: markers.filter((marker) => marker.name === 'fault').map((marker) => marker.value),
    reply: value('reply'),
    lengthTokens: Number.isNaN(length) ? null : Math.min(Math.max(length, 1), MAX_LENGTH_TOKENS),
    redacted: value('redacted') !== null,
    tokens: parseTokens(value('tokens') ?? ''),
  };
}

/** The text of the newest user message, empty where it brings only tool results. */
export function lastUserText({ messages }: Pick<MessageRequest, 'messages'>): string {
  const last = messages.findLast((message) => message.role === 'user');
  return last?.content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n') ?? '';
}

export function withoutMarkers(text: string): string {
  return text.replace(MARKER, '').trim();
}

function parseTokens(text: string): Map<string, number> {
  const pairs = [...text.matchAll(/\b(out|in|read|write5m|write1h|thinking)=(\d{1,9})\b/g)];
  return new Map(pairs.map(([, name, count]) => [name ?? '', Number(count)]));
}
