import type { CacheAccount, PromptUsage } from '../cache';
import { type Directives, lastUserText, withoutMarkers } from '../directives';
import type { RefusalFault } from '../faults';
import type { Model } from '../model';
import { countTokens } from '../tokens';
import type { OutputUsage } from '../usage';
import type { MessageRequest } from '../validate/schema';
import { blockTokens, type ReplyBlock } from './blocks';
import { cutToTokens, stopAtSequence } from './fit';
import { afterTools, answer, filler } from './prose';
import { sample } from './sample';
import { Seed } from './seed';
import { thinkingBlocks } from './thinking';
import { toolCalls } from './tool-calls';
import { type WebSearch, webSearch } from './web-search';

export interface StopDetails {
  readonly type: 'refusal';
  readonly category: string | null;
  readonly explanation: string | null;
}

export interface Reply {
  readonly blocks: readonly ReplyBlock[];
  readonly stopReason: string;
  readonly stopSequence: string | null;
  readonly stopDetails: StopDetails | null;
  readonly output: OutputUsage;
  /** The prompt at the end: a server tool's results are read in a second sampling. */
  readonly prompt: PromptUsage;
}

export interface ReplyInput {
  readonly request: MessageRequest;
  readonly model: Model;
  readonly directives: Directives;
  readonly account: CacheAccount;
  readonly promptTokens: number;
  readonly refusal: RefusalFault | null;
  readonly searchErrorCode: string | null;
}

/** What the simulated model answers. The same request gets the same words. */
export function composeReply(input: ReplyInput): Reply {
  const { request, model, directives, refusal } = input;
  const text = withoutMarkers(lastUserText(request));
  const seed = new Seed(`${model.id}\n${text}`);
  if (refusal?.when === 'before') return finish(input, [], null, refused(refusal));
  const search = answersTools(request) ? null : webSearch(request, text, input.searchErrorCode);
  const thoughts = thinkingBlocks(request, model, directives, text, seed);
  const body = bodyBlocks(input, text, seed);
  const stopped = stopAtSequence([...thoughts, ...(search?.blocks ?? []), ...body], request.stop_sequences ?? []);
  const room = Math.max(0, model.contextTokens - input.promptTokens);
  const fitted = cutToTokens(stopped.blocks, Math.min(request.max_tokens, room), model);
  if (refusal) return finish(input, half(fitted.blocks), search, refused(refusal));
  const callsTool = fitted.blocks.at(-1)?.type === 'tool_use';
  const cutReason = room < request.max_tokens ? 'model_context_window_exceeded' : 'max_tokens';
  const stop = {
    stopReason: fitted.isCut || request.max_tokens === 0 ? cutReason : callsTool ? 'tool_use' : 'end_turn',
    stopSequence: null,
    stopDetails: null,
  };
  const bySequence = { stopReason: 'stop_sequence', stopSequence: stopped.stopSequence, stopDetails: null };
  const usesSequence = stopped.stopSequence !== null && !fitted.isCut;
  const outputTokens = fitted.isCut ? Math.min(request.max_tokens, room) : null;
  return finish(input, fitted.blocks, search, usesSequence ? bySequence : stop, outputTokens);
}

/** Everything but thoughts and searches: tool calls where there are any, else the text that was asked for. */
function bodyBlocks({ request, model, directives }: ReplyInput, text: string, seed: Seed): ReplyBlock[] {
  if (directives.reply !== null) return directives.reply === '' ? [] : [textBlock(directives.reply)];
  if (directives.lengthTokens !== null) {
    const perToken = 1_000 / countTokens('x'.repeat(1_000), model);
    return [textBlock(filler(Math.floor(directives.lengthTokens * perToken), seed))];
  }
  const isForced = request.tool_choice?.type === 'any' || request.tool_choice?.type === 'tool';
  const calls = isForced || !answersTools(request) ? toolCalls(request, text) : [];
  if (calls.length > 0) return isForced ? calls : [textBlock(announcement(calls)), ...calls];
  const format = request.output_config?.format ?? request.output_format;
  if (format) {
    return [textBlock(JSON.stringify(sample(format.schema, { root: format.schema, seed, hint: null })))];
  }
  return [textBlock(answersTools(request) ? afterTools(request, seed) : answer(text, request, seed))];
}

function answersTools({ messages }: MessageRequest): boolean {
  return messages.at(-1)?.content.some((block) => block.type === 'tool_result') ?? false;
}

function announcement(calls: readonly ReplyBlock[]): string {
  const names = [...new Set(calls.flatMap((call) => (call.type === 'tool_use' ? [call.name] : [])))];
  return `I will call ${names.join(' and ')}.`;
}

function textBlock(text: string): ReplyBlock {
  return { type: 'text', text, citations: null };
}

function refused({ category }: RefusalFault) {
  const stopDetails: StopDetails = {
    type: 'refusal',
    category,
    explanation: category === null ? null : 'The simulator was asked to refuse this request.',
  };
  return { stopReason: 'refusal', stopSequence: null, stopDetails };
}

/** What had been said when the refusal came. */
function half(blocks: readonly ReplyBlock[]): ReplyBlock[] {
  return blocks.flatMap((block): ReplyBlock[] => {
    if (block.type !== 'text') return block.type === 'tool_use' ? [] : [block];
    return [{ ...block, text: [...block.text].slice(0, Math.ceil(block.text.length / 2)).join('') }];
  });
}

function finish(
  input: ReplyInput,
  blocks: readonly ReplyBlock[],
  search: WebSearch | null,
  stop: Pick<Reply, 'stopReason' | 'stopSequence' | 'stopDetails'>,
  outputTokens: number | null = null,
): Reply {
  const { model, directives } = input;
  const thoughts = blocks.filter((block) => block.type === 'thinking' || block.type === 'redacted_thinking');
  const sum = (list: readonly ReplyBlock[]) => list.reduce((total, block) => total + blockTokens(block, model), 0);
  const searched = search && blocks.some((block) => block.type === 'web_search_tool_result') ? search : null;
  return {
    ...stop,
    blocks,
    prompt: searched ? secondSampling(input, searched) : input.account.usage,
    output: {
      outputTokens: directives.tokens.get('out') ?? outputTokens ?? sum(blocks),
      thinkingTokens: directives.tokens.get('thinking') ?? (thoughts.length === 0 ? null : sum(thoughts)),
      webSearches: searched ? searched.searches : null,
    },
  };
}

/** The second sampling reads the prompt again with the results; where anything is cached, they are written as well. */
function secondSampling({ account, promptTokens, model }: ReplyInput, search: WebSearch): PromptUsage {
  const { usage, cachedTokens } = account;
  const resultTokens = countTokens(search.resultText, model);
  if (cachedTokens === 0) return { ...usage, inputTokens: usage.inputTokens + promptTokens + resultTokens };
  return {
    ...usage,
    cacheReadTokens: usage.cacheReadTokens + cachedTokens,
    write5mTokens: usage.write5mTokens + promptTokens - cachedTokens + resultTokens,
  };
}
