import type { Context } from '@/lib/auth/context';
import { onNewLogs } from './live';

/** At most so often, however many logs are written. */
const EVERY_MS = 500;
const HEARTBEAT_MS = 20_000;
/** Then the browser comes back, and whose session it is is asked again. */
const LIFETIME_MS = 10 * 60_000;

/** Server-sent events: `logs` whenever the organization has new ones. Ends by itself after ten minutes. */
export async function liveStream(ctx: Context, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder();
  let stop = () => {};
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  let pending: NodeJS.Timeout | null = null;
  const send = (text: string) => controller?.enqueue(encoder.encode(text));
  const close = () => {
    const open = controller;
    controller = null;
    stop();
    clearInterval(heartbeat);
    clearTimeout(lifetime);
    if (pending) clearTimeout(pending);
    open?.close();
  };
  const heartbeat = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS);
  const lifetime = setTimeout(close, LIFETIME_MS);
  const onLogs = () => {
    pending ??= setTimeout(() => {
      pending = null;
      send('event: logs\ndata: {}\n\n');
    }, EVERY_MS);
  };
  try {
    stop = await onNewLogs(ctx, { onLogs, onEnd: close });
  } catch (error) {
    close();
    throw error;
  }
  return new ReadableStream({
    start(opened) {
      controller = opened;
      send('retry: 2000\n\n');
      signal.addEventListener('abort', close, { once: true });
    },
    cancel() {
      controller = null;
      close();
    },
  });
}
