import type { Model } from './model';

const WINDOW_MS = 60_000;
const MAX_KEYS = 1_000;

interface Window {
  endsAtMs: number;
  requests: number;
  inputTokens: number;
  outputTokens: number;
}

/** Counts like the provider's entry tier and tells it in headers. It never refuses: 429 comes as a fault only. */
export class RateLimits {
  private readonly windows = new Map<string, Window>();

  /** Tokens are counted beforehand: input without cache reads, output as it will be. */
  count(key: string, model: Model, inputTokens: number, outputTokens: number): Record<string, string> {
    const limits =
      model.line === 'fable' || model.line === 'mythos'
        ? { requests: 1_000, input: 500_000, output: 100_000 }
        : { requests: 1_000, input: 2_000_000, output: 400_000 };
    const window = this.windowOf(`${model.id} ${key}`);
    window.requests += 1;
    window.inputTokens += inputTokens;
    window.outputTokens += outputTokens;
    const left = {
      requests: Math.max(0, limits.requests - window.requests),
      input: thousands(limits.input - window.inputTokens),
      output: thousands(limits.output - window.outputTokens),
    };
    const reset = new Date(window.endsAtMs).toISOString().replace(/\.\d+Z$/, 'Z');
    return {
      ...header('requests', limits.requests, left.requests, reset),
      ...header('input-tokens', limits.input, left.input, reset),
      ...header('output-tokens', limits.output, left.output, reset),
      ...header('tokens', limits.input + limits.output, left.input + left.output, reset),
    };
  }

  private windowOf(id: string): Window {
    const now = Date.now();
    const known = this.windows.get(id);
    if (known && known.endsAtMs > now) return known;
    if (this.windows.size >= MAX_KEYS) this.windows.clear();
    const fresh = { endsAtMs: now + WINDOW_MS, requests: 0, inputTokens: 0, outputTokens: 0 };
    this.windows.set(id, fresh);
    return fresh;
  }
}

function header(name: string, limit: number, remaining: number, reset: string): Record<string, string> {
  const prefix = `anthropic-ratelimit-${name}`;
  return { [`${prefix}-limit`]: `${limit}`, [`${prefix}-remaining`]: `${remaining}`, [`${prefix}-reset`]: reset };
}

function thousands(tokens: number): number {
  return Math.max(0, Math.round(tokens / 1_000) * 1_000);
}
