import { createHash } from 'node:crypto';
import type { Model } from './model';
import type { Segment, Ttl } from './prompt';
import type { PromptRequest } from './validate/schema';
import { isServerTool } from './validate/tools';

/** How a prompt is billed. The four classes do not overlap and add up to the whole prompt. */
export interface PromptUsage {
  readonly inputTokens: number;
  readonly cacheReadTokens: number;
  readonly write5mTokens: number;
  readonly write1hTokens: number;
}

/** `commit` makes the entries readable: called when the first byte of the answer leaves, as the provider does. */
export interface CacheAccount {
  readonly usage: PromptUsage;
  /** Prompt tokens up to the last breakpoint that counts; 0 without caching. */
  readonly cachedTokens: number;
  commit(): void;
}

interface Entry {
  readonly ttlMs: number;
  expiresAtMs: number;
}

interface Mark {
  readonly hash: string;
  /** Prompt tokens up to and with this block. */
  readonly tokens: number;
  readonly ttl: Ttl | null;
  /** Blocks of one run share a position. */
  readonly position: number;
}

const TTL_MS: Record<Ttl, number> = { '5m': 5 * 60_000, '1h': 60 * 60_000 };
const LOOKBACK_POSITIONS = 20;
const MAX_ENTRIES = 50_000;

/** Prompt caches of all keys. An entry is a hash of a prefix; nothing of the prompt itself is kept. */
export class PromptCache {
  private readonly entries = new Map<string, Entry>();

  /** Splits a prompt into uncached, read and written tokens. Lifetimes count from `startedAtMs`. */
  account(segments: readonly Segment[], request: PromptRequest, model: Model, key: string, startedAtMs: number) {
    const marks = markPrompt(segments, request, model, key);
    const total = marks.at(-1)?.tokens ?? 0;
    const points = marks.filter((mark) => mark.ttl !== null && mark.tokens >= model.minCacheableTokens);
    const hits = points.flatMap((point) => this.lookBack(marks, point, model, startedAtMs) ?? []);
    const read = Math.max(0, ...hits.map((hit) => hit.tokens));
    const end = Math.max(read, ...points.map((point) => point.tokens));
    const longEnd = Math.max(read, ...points.filter((point) => point.ttl === '1h').map((point) => point.tokens));
    const account: CacheAccount = {
      usage: {
        inputTokens: total - end,
        cacheReadTokens: read,
        write1hTokens: longEnd - read,
        write5mTokens: end - longEnd,
      },
      cachedTokens: end,
      commit: () => {
        for (const { hash } of hits) this.refresh(hash, startedAtMs);
        for (const { hash, ttl } of points) this.write(hash, TTL_MS[ttl ?? '5m'], startedAtMs);
      },
    };
    return account;
  }

  private lookBack(marks: readonly Mark[], from: Mark, model: Model, nowMs: number): Mark | undefined {
    return marks.findLast(
      (mark) =>
        mark.position <= from.position &&
        mark.tokens <= from.tokens &&
        mark.position > from.position - LOOKBACK_POSITIONS &&
        mark.tokens >= model.minCacheableTokens &&
        (this.entries.get(mark.hash)?.expiresAtMs ?? 0) > nowMs,
    );
  }

  private refresh(hash: string, nowMs: number): void {
    const entry = this.entries.get(hash);
    if (entry) entry.expiresAtMs = Math.max(entry.expiresAtMs, nowMs + entry.ttlMs);
  }

  private write(hash: string, ttlMs: number, nowMs: number): void {
    const known = this.entries.get(hash);
    if (known && known.expiresAtMs > nowMs && known.ttlMs >= ttlMs) {
      this.refresh(hash, nowMs);
      return;
    }
    this.entries.delete(hash);
    this.entries.set(hash, { ttlMs, expiresAtMs: nowMs + ttlMs });
    if (this.entries.size > MAX_ENTRIES) this.evict(nowMs);
  }

  /** Drops what has expired, and the oldest tenth where that is not enough. */
  private evict(nowMs: number): void {
    let surplus = this.entries.size - MAX_ENTRIES * 0.9;
    for (const [hash, { expiresAtMs }] of this.entries) {
      if (expiresAtMs > nowMs && surplus <= 0) continue;
      this.entries.delete(hash);
      surplus -= 1;
    }
  }
}

/** Each section begins with what it depends on besides its own blocks; a change there loses it and what follows. */
function markPrompt(segments: readonly Segment[], request: PromptRequest, model: Model, key: string): Mark[] {
  const seeds = sectionSeeds(request, model, key);
  const marks: Mark[] = [];
  let hash = digest('', seeds.tools);
  let section = 'tools';
  let tokens = 0;
  let position = 0;
  let run: Segment['run'] = null;
  for (const segment of segments) {
    if (section === 'tools' && segment.section !== 'tools') hash = digest(hash, seeds.system);
    if (section !== 'messages' && segment.section === 'messages') hash = digest(hash, seeds.messages);
    section = segment.section;
    hash = digest(hash, segment.material);
    tokens += segment.tokens;
    if (segment.run === null || segment.run !== run) position += 1;
    run = segment.run;
    marks.push({ hash, tokens, ttl: segment.ttl, position });
  }
  return marks;
}

function sectionSeeds(request: PromptRequest, model: Model, key: string) {
  const blocks = request.messages.flatMap((message) => message.content);
  const serverTools = request.tools?.filter(isServerTool).map(({ cache_control: _, ...tool }) => tool);
  const citations = blocks.some((block) => block.type === 'document' && block.citations?.enabled === true);
  const images = blocks.some((block) => block.type === 'image');
  const { tool_choice: choice, thinking, output_config: output } = request;
  const effort = output?.effort ?? model.defaultEffort;
  return {
    tools: JSON.stringify([key, model.id]),
    system: JSON.stringify([request.speed === 'fast', serverTools ?? [], citations]),
    messages: JSON.stringify([choice ?? null, images, thinking ?? null, effort]),
  };
}

function digest(previous: string, material: string): string {
  return createHash('sha256').update(previous).update(material).digest('base64');
}
