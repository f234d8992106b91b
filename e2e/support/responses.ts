import type { BrowserContext, Response } from '@playwright/test';

export interface RecordedResponses {
  /** Address, headers and body of every response so far, as one text each. */
  texts(): Promise<string[]>;
}

/** Keeps every response that the pages of a context receive, documents, server actions and data alike. */
export function recordResponses(context: BrowserContext): RecordedResponses {
  const pending: Promise<string>[] = [];
  context.on('response', (response) => {
    // Scripts and styles are the same for everyone.
    if (!response.url().includes('/_next/static/')) pending.push(read(response));
  });
  return { texts: () => Promise.all(pending) };
}

async function read(response: Response): Promise<string> {
  // A redirect has no body, and one that was still coming when its page was left cannot be read.
  const body = await response.text().catch(() => '');
  return `${response.url()}\n${JSON.stringify(await response.allHeaders().catch(() => ({})))}\n${body}`;
}
