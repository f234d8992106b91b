/** The same first call, once per way of making it. */
export interface Snippet {
  readonly id: 'curl' | 'openai' | 'anthropic' | 'ai-sdk' | 'claude-code';
  readonly label: string;
  readonly variants: readonly SnippetVariant[];
}

export interface SnippetVariant {
  /** The name people choose it by; the choice is kept across snippets. */
  readonly language: 'Shell' | 'Python' | 'TypeScript' | 'settings.json';
  /** One line above the code: what to install first, or where it goes. */
  readonly note: string;
  readonly code: string;
}

/** What the templates are filled with. URLs have no trailing slash. */
export interface Filled {
  readonly anthropicUrl: string;
  readonly openaiUrl: string;
  readonly apiKey: string;
  readonly model: string;
  readonly prompt: string;
}
