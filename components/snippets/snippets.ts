import { sdkSnippets } from './sdks';
import { shellSnippets } from './shell';
import type { Snippet } from './snippet';

export interface SnippetInput {
  /** Where this installation is reached, without a trailing slash: "http://localhost:3000". */
  readonly origin: string;
  /** The person's key right after it was made; otherwise the placeholder. */
  readonly apiKey?: string | null;
}

export const KEY_PLACEHOLDER = 'YOUR_RESPAN_KEY';
export const SAMPLE_MODEL = 'claude-sonnet-5-5';
export const SAMPLE_PROMPT = 'Say hello in one sentence.';

/** Every snippet, filled in and ready to be pasted. */
export function snippets({ origin, apiKey }: SnippetInput): readonly Snippet[] {
  const filled = {
    anthropicUrl: `${origin}/api/anthropic`,
    openaiUrl: `${origin}/api`,
    apiKey: apiKey ?? KEY_PLACEHOLDER,
    model: SAMPLE_MODEL,
    prompt: SAMPLE_PROMPT,
  };
  const { curl, claudeCode } = shellSnippets(filled);
  const { openai, anthropic, aiSdk } = sdkSnippets(filled);
  return [curl, openai, anthropic, aiSdk, claudeCode];
}
