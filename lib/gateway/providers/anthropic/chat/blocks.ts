/** A content block as it is sent to Anthropic. */
export interface Block {
  type: string;
  cache_control?: { type: string; ttl?: string | undefined } | null | undefined;
  [member: string]: unknown;
}

export interface MessageParam {
  readonly role: 'user' | 'assistant';
  readonly content: Block[];
}
