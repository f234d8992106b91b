import type { CacheAccount, PromptUsage } from './cache';
import { PromptCache } from './cache';
import { type Directives, directivesOf } from './directives';
import { invalid } from './errors';
import { FaultCounter, type FaultPlan } from './faults';
import { type Answer, newAnswer } from './message';
import { promptSegments } from './prompt';
import { RateLimits } from './rate-limits';
import { composeReply } from './reply/compose';
import { serviceUsage } from './usage';
import type { Accepted } from './validate/request';
import type { PromptRequest } from './validate/schema';

/** What the simulator remembers between requests. */
export interface Memory {
  readonly cache: PromptCache;
  readonly faults: FaultCounter;
  readonly limits: RateLimits;
}

export function newMemory(): Memory {
  return { cache: new PromptCache(), faults: new FaultCounter(), limits: new RateLimits() };
}

export interface PreparedAnswer {
  readonly answer: Answer;
  readonly faults: FaultPlan;
  /** Rate-limit headers. */
  readonly headers: Record<string, string>;
  /** Makes what the request cached readable for the next one. */
  readonly commitCache: () => void;
}

/** Works out the whole answer to a request. @throws ApiError 400 for a prompt over the window or an unknown fault. */
export function prepareAnswer(
  { request, model, client }: Accepted,
  memory: Memory,
  options: { headerFaults: readonly string[]; isBatch: boolean },
): PreparedAnswer {
  const directives = directivesOf(request);
  const faults = memory.faults.plan([...options.headerFaults, ...directives.faults], client.key);
  const segments = promptSegments(request, model);
  const promptTokens = segments.reduce((sum, segment) => sum + segment.tokens, 0);
  if (promptTokens > model.contextTokens) {
    throw invalid(`prompt is too long: ${promptTokens} tokens > ${model.contextTokens} maximum`);
  }
  const counted = memory.cache.account(segments, request, model, client.key, Date.now());
  const account = { ...counted, usage: overridden(counted, directives) };
  const { refusal, searchErrorCode } = faults;
  const reply = composeReply({ request, model, directives, account, promptTokens, refusal, searchErrorCode });
  const service = serviceUsage(request, model, options.isBatch);
  const { inputTokens, write5mTokens, write1hTokens } = reply.prompt;
  const billedInput = inputTokens + write5mTokens + write1hTokens;
  return {
    answer: newAnswer({ model, reply, service, startPrompt: account.usage }),
    faults,
    headers: memory.limits.count(client.key, model, billedInput, reply.output.outputTokens),
    commitCache: counted.commit,
  };
}

/** The answer of `count_tokens`: the whole prompt, whatever is cached of it. */
export function countPrompt({ request, model }: Accepted<PromptRequest>): { input_tokens: number } {
  return { input_tokens: promptSegments(request, model).reduce((sum, segment) => sum + segment.tokens, 0) };
}

function overridden({ usage }: CacheAccount, { tokens }: Directives): PromptUsage {
  if (tokens.size === 0) return usage;
  const isPromptGiven = ['in', 'read', 'write5m', 'write1h'].some((name) => tokens.has(name));
  if (!isPromptGiven) return usage;
  return {
    inputTokens: tokens.get('in') ?? usage.inputTokens,
    cacheReadTokens: tokens.get('read') ?? 0,
    write5mTokens: tokens.get('write5m') ?? 0,
    write1hTokens: tokens.get('write1h') ?? 0,
  };
}
