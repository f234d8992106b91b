import { isRecord } from '../is-record';
import type { Prepared } from '../prepare/prepared';
import { decodeContent } from '../stream/decode';
import { NO_USAGE, type Usage } from '../usage';

/** What a request says about its size before anybody counted it. */
export interface Estimate {
  /** The prompt, as the dearest class of input it can become. */
  readonly prompt: Usage;
  readonly promptTokens: number;
  /** How often the prompt is sent: several answers may take as many calls. */
  readonly prompts: number;
  /** What the caller allows each answer to have. */
  readonly outputTokens: number;
  /** The member that says so; null where none does. */
  readonly cappedBy: string | null;
  /** How many answers are asked for. */
  readonly answers: number;
  /** No limit below this makes sense to the provider. */
  readonly leastOutputTokens: number;
  /** The body without content encoding; null where there is none. */
  readonly plain: Buffer | null;
}

/** Prose has more bytes to a token, code and digits about as many; other scripts have more bytes to a character. */
const BYTES_PER_TOKEN = 3.2;
/** The most that a picture is scaled to. */
const IMAGE_TOKENS = 5000;
/** A page of a scanned document takes about so many bytes for each of its tokens. */
const DOCUMENT_BYTES_PER_TOKEN = 25;
const LINKED_DOCUMENT_TOKENS = 20_000;
/** What no current model exceeds in one answer. */
const LONGEST_OUTPUT_TOKENS = 128_000;
const DEFAULT_SEARCHES = 5;
/** Results of the provider's own tools are read as input too, once or more often. */
const SERVER_TOOL_INPUT = 3;

const CAPS = ['max_tokens', 'max_completion_tokens', 'max_output_tokens'];

/** @param hasOutput false for embeddings */
export function estimate({ body, headers, translate }: Prepared, hasOutput: boolean): Estimate {
  const plain = body && decodeContent(body, encodingOf(headers));
  const request = plain ? parsed(plain) : null;
  const cappedBy = request && (CAPS.find((name) => isCount(request[name])) ?? null);
  const cap = request && cappedBy ? Number(request[cappedBy]) : LONGEST_OUTPUT_TOKENS;
  const textTokens = Math.ceil((request ? sizeOf(request) : (body?.length ?? 0)) / BYTES_PER_TOKEN);
  const searches = request ? searchesOf(request.tools) : 0;
  const promptTokens = searches > 0 ? textTokens * SERVER_TOOL_INPUT : textTokens;
  const thinking = request && isRecord(request.thinking) ? request.thinking.budget_tokens : null;
  return {
    prompt: { ...NO_USAGE, ...asDearestClass(promptTokens, plain), webSearches: searches, ...modifiersOf(request) },
    promptTokens,
    prompts: translate?.choices ?? 1,
    outputTokens: hasOutput ? Math.min(cap, LONGEST_OUTPUT_TOKENS) : 0,
    cappedBy,
    answers: translate?.choices ?? (request && isCount(request.n) ? Math.max(1, Number(request.n)) : 1),
    leastOutputTokens: isCount(thinking) ? Number(thinking) + 1 : 1,
    plain,
  };
}

/** Writing to the provider's cache costs more than plain input, reading less: which it will be nobody knows before. */
function asDearestClass(tokens: number, plain: Buffer | null): Partial<Usage> {
  if (!plain?.includes('"cache_control"')) return { inputTokens: tokens };
  return plain.includes('"1h"') ? { cacheWrite1hTokens: tokens } : { cacheWrite5mTokens: tokens };
}

function modifiersOf(request: Record<string, unknown> | null): Partial<Usage> {
  const { service_tier: tier, speed, inference_geo: geo } = request ?? {};
  return {
    serviceTier: tier === 'priority' || tier === 'flex' ? tier : null,
    speed: speed === 'fast' ? speed : null,
    inferenceGeo: typeof geo === 'string' ? geo : null,
  };
}

function searchesOf(tools: unknown): number {
  if (!Array.isArray(tools)) return 0;
  const searching = tools
    .filter(isRecord)
    .find(({ type }) => typeof type === 'string' && type.startsWith('web_search'));
  if (!searching) return 0;
  return isCount(searching.max_uses) ? Number(searching.max_uses) : DEFAULT_SEARCHES;
}

/** In bytes of text; pictures and documents count as the text that costs as much. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string')
    return value.startsWith('data:') ? mediaSize(value, value.slice(5, 40)) : Buffer.byteLength(value);
  if (typeof value === 'number') return 4;
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + sizeOf(item), 0);
  if (!isRecord(value)) return 0;
  if (typeof value.data === 'string' && typeof value.media_type === 'string')
    return mediaSize(value.data, value.media_type);
  if (value.type === 'url' || value.type === 'file') return LINKED_DOCUMENT_TOKENS * BYTES_PER_TOKEN;
  let sum = 0;
  // Names, brackets and roles are tokens as well.
  for (const key in value) sum += key.length + 4 + sizeOf(value[key]);
  return sum;
}

function mediaSize(data: string, mediaType: string): number {
  if (mediaType.startsWith('text/')) return data.length;
  const tokens = mediaType.includes('pdf')
    ? Math.max(IMAGE_TOKENS, data.length / DOCUMENT_BYTES_PER_TOKEN)
    : Math.min(IMAGE_TOKENS, Math.max(100, data.length / 4));
  return tokens * BYTES_PER_TOKEN;
}

function parsed(json: Buffer): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(json.toString('utf8'));
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value > 0;
}

function encodingOf(headers: readonly string[]): string | undefined {
  const at = headers.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === 'content-encoding');
  return at < 0 ? undefined : headers[at + 1];
}
