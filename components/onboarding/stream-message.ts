import { z } from 'zod';
import { splitEvents } from '@/components/ui/split-events';

/** What happens to a streamed request, in order. */
export type StreamEvent =
  /** The answer has begun; the log id is known from now on. */
  | { readonly type: 'opened'; readonly logId: string | null }
  /** The first content, which may be thinking rather than text. */
  | { readonly type: 'began' }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'finished' }
  | { readonly type: 'failed'; readonly message: string; readonly logId: string | null };

export interface MessageRequest {
  /** "/api/anthropic/v1/messages", on this page's own origin. */
  readonly url: string;
  readonly apiKey: string;
  readonly model: string;
  readonly prompt: string;
}

/** Sends one message through the gateway, exactly as any program would, and yields its answer as it comes. Never throws. */
export async function* streamMessage(request: MessageRequest, signal: AbortSignal): AsyncGenerator<StreamEvent> {
  let logId: string | null = null;
  try {
    const response = await post(request, signal);
    logId = response.headers.get('x-respan-log-id');
    if (!response.ok || !response.body) return yield { type: 'failed', message: await refusal(response), logId };
    yield { type: 'opened', logId };
    for await (const data of splitEvents(response.body)) {
      const event = eventSchema.parse(JSON.parse(data));
      if (event.type === 'content_block_start') yield { type: 'began' };
      if (event.type === 'content_block_delta' && event.delta.text) yield { type: 'text', text: event.delta.text };
      if (event.type === 'error') return yield { type: 'failed', message: event.error.message, logId };
      if (event.type === 'message_stop') return yield { type: 'finished' };
    }
    yield { type: 'failed', message: 'The answer broke off before its end.', logId };
  } catch {
    yield {
      type: 'failed',
      message: 'The connection to the gateway was lost. Check that it runs, then try again.',
      logId,
    };
  }
}

function post({ url, apiKey, model, prompt }: MessageRequest, signal: AbortSignal): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'x-api-key': apiKey, 'anthropic-version': '2023-06-01', 'content-type': 'application/json' },
    body: JSON.stringify({ model, max_tokens: 1024, stream: true, messages: [{ role: 'user', content: prompt }] }),
    signal,
  });
}

const other = z.object({ type: z.string() }).transform(() => ({ type: 'other' as const }));

/** Only what is shown; events of kinds that came later are passed over. */
const eventSchema = z.union([
  z.object({ type: z.literal('content_block_start') }),
  z.object({ type: z.literal('content_block_delta'), delta: z.object({ text: z.string().optional() }) }),
  z.object({ type: z.literal('error'), error: z.object({ message: z.string() }) }),
  z.object({ type: z.literal('message_stop') }),
  other,
]);

/** Anthropic's shape of an error, and our own. */
const refusalSchema = z.union([
  z.object({ error: z.object({ message: z.string() }) }).transform(({ error }) => error.message),
  z.object({ detail: z.string() }).transform(({ detail }) => detail),
]);

async function refusal(response: Response): Promise<string> {
  const body = refusalSchema.safeParse(await response.json().catch(() => null));
  return body.success ? `${response.status}: ${body.data}` : `The gateway answered ${response.status}.`;
}
