import type { Model } from './model';
import { countTokens } from './tokens';
import type { ContentBlock } from './validate/blocks';
import type { PromptRequest } from './validate/schema';
import { isServerTool, type Tool } from './validate/tools';

export type Ttl = '5m' | '1h';
type Section = 'tools' | 'system' | 'messages';
type CacheControl = { ttl?: Ttl; scope?: string } | null | undefined;

/** One block of the prompt, in the order in which the provider reads it: tools, system, messages. */
export interface Segment {
  readonly section: Section;
  /** What a cache entry depends on; a breakpoint on the block is no part of it. */
  readonly material: string;
  readonly tokens: number;
  /** Lifetime of the cache breakpoint on this block, null for none. */
  readonly ttl: Ttl | null;
  /** Neighbours of one kind of run count as one position when the cache looks back. */
  readonly run: 'tool_use' | 'tool_result' | null;
}

const MESSAGE_OVERHEAD_TOKENS = 4;
const IMAGE_TOKENS = 1_568;
const PDF_TOKENS_PER_PAGE = 1_800;
const PDF_BYTES_PER_PAGE = 40_000;

export function promptSegments(request: PromptRequest, model: Model): Segment[] {
  const controls = breakpoints(request);
  const tools = (request.tools ?? []).map((tool, index): Segment => {
    const overhead = index === 0 ? toolOverhead(request, model) : 0;
    // A server tool belongs to the system part: adding one keeps the cached tools.
    const material = isServerTool(tool) ? '' : materialOf(tool);
    const tokens = countTokens(materialOf(tool), model) + overhead;
    return { section: 'tools', material, tokens, ttl: controls.get(tool) ?? null, run: null };
  });
  const system = (request.system ?? []).map((block): Segment => {
    const tokens = countTokens(block.text, model);
    return { section: 'system', material: materialOf(block), tokens, ttl: controls.get(block) ?? null, run: null };
  });
  const messages = request.messages.flatMap(({ role, content }) =>
    content.map((block, index): Segment => {
      const tokens = blockTokens(block, model) + (index === 0 ? MESSAGE_OVERHEAD_TOKENS : 0);
      const run = block.type === 'tool_use' || block.type === 'tool_result' ? block.type : null;
      const material = `${index === 0 ? role : ''}${materialOf(block)}`;
      return { section: 'messages', material, tokens, ttl: controls.get(block) ?? null, run };
    }),
  );
  return [...tools, ...system, ...messages];
}

/** Where a request asks for caching, and whether its automatic breakpoint meets an explicit one. */
export function cacheControlsOf(request: PromptRequest) {
  const blocks = cacheableBlocks(request);
  const explicit = blocks.flatMap(({ path, control }) =>
    control ? [{ path, ttl: control.ttl ?? '5m', scope: control.scope }] : [],
  );
  if (!request.cache_control) return { explicit, automatic: null };
  const last = blocks.at(-1)?.control;
  const ttl = request.cache_control.ttl ?? '5m';
  const coincides = last ? (last.ttl ?? '5m') === ttl : false;
  return { explicit, automatic: { coincides, conflicts: Boolean(last) && !coincides } };
}

function breakpoints(request: PromptRequest): Map<object, Ttl> {
  const blocks = cacheableBlocks(request);
  const found = new Map<object, Ttl>();
  for (const { block, control } of blocks) if (control) found.set(block, control.ttl ?? '5m');
  const last = blocks.at(-1);
  if (request.cache_control && last) found.set(last.block, request.cache_control.ttl ?? '5m');
  return found;
}

function cacheableBlocks(request: PromptRequest) {
  const blocks: { block: object; path: string; control: CacheControl }[] = [];
  request.tools?.forEach((tool, index) => {
    blocks.push({ block: tool, path: `tools.${index}`, control: tool.cache_control });
  });
  request.system?.forEach((block, index) => {
    blocks.push({ block, path: `system.${index}`, control: block.cache_control });
  });
  request.messages.forEach(({ content }, message) => {
    content.forEach((block, index) => {
      if (block.type === 'thinking' || block.type === 'redacted_thinking') return;
      blocks.push({ block, path: `messages.${message}.content.${index}`, control: controlOf(block) });
    });
  });
  return blocks;
}

/** A breakpoint inside a tool result stands at the end of that result. */
function controlOf(block: Exclude<ContentBlock, { type: 'thinking' | 'redacted_thinking' }>): CacheControl {
  if (block.cache_control || block.type !== 'tool_result') return block.cache_control;
  for (const inner of block.content ?? []) {
    if ('cache_control' in inner && inner.type !== 'tool_reference' && inner.type !== 'browser_state') {
      if (inner.cache_control) return inner.cache_control;
    }
  }
  return null;
}

function toolOverhead(request: PromptRequest, model: Model): number {
  const forced = request.tool_choice?.type === 'any' || request.tool_choice?.type === 'tool';
  return forced ? model.toolPromptTokens.forced : model.toolPromptTokens.auto;
}

function blockTokens(block: ContentBlock, model: Model): number {
  switch (block.type) {
    case 'text':
      return countTokens(block.text, model);
    case 'image':
      return IMAGE_TOKENS;
    case 'document':
      return documentTokens(block, model);
    case 'tool_result': {
      const inner = (block.content ?? []).map((item) =>
        item.type === 'tool_reference' || item.type === 'browser_state'
          ? countTokens(JSON.stringify(item), model)
          : blockTokens(item, model),
      );
      return inner.reduce((sum, tokens) => sum + tokens, countTokens(block.tool_use_id, model));
    }
    case 'thinking':
      return countTokens(block.thinking, model);
    case 'redacted_thinking':
      return 0;
    default:
      return countTokens(materialOf(block), model);
  }
}

function documentTokens(block: Extract<ContentBlock, { type: 'document' }>, model: Model): number {
  const { source } = block;
  const head = countTokens(`${block.title ?? ''}${block.context ?? ''}`, model);
  if (source.type === 'text') return head + countTokens(source.data, model);
  if (source.type === 'content') {
    return source.content.reduce((sum, item) => sum + blockTokens(item, model), head);
  }
  const bytes = source.type === 'base64' ? (source.data.length * 3) / 4 : 0;
  return head + Math.max(1, Math.round(bytes / PDF_BYTES_PER_PAGE)) * PDF_TOKENS_PER_PAGE;
}

function materialOf(block: Tool | ContentBlock): string {
  return JSON.stringify(block, (key, value) => (key === 'cache_control' ? undefined : value));
}
