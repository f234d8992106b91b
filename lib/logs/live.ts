import type { Context } from '@/lib/auth/context';
import { type Listener, listen } from '@/lib/db/listen';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { LOGS_CHANNEL } from './channel';

interface Hub {
  readonly subscribers: Map<string, Set<Subscriber>>;
  listening: Promise<Listener> | null;
}

export interface Subscriber {
  /** There are new logs. */
  onLogs(): void;
  /** The server stops. */
  onEnd(): void;
}

// Next loads modules more than once; the connection must be one a process.
const shared = globalThis as { respanLiveLogs?: Hub };

/**
 * Hears of new logs of the context's organization, as writers of any process announce them.
 * @returns how to stop
 */
export async function onNewLogs({ organizationId }: Context, subscriber: Subscriber): Promise<() => void> {
  const hub = hubOf();
  const peers = hub.subscribers.get(organizationId) ?? new Set();
  hub.subscribers.set(organizationId, peers.add(subscriber));
  const stop = () => {
    peers.delete(subscriber);
    if (peers.size === 0 && hub.subscribers.get(organizationId) === peers) hub.subscribers.delete(organizationId);
  };
  hub.listening ??= begin(hub);
  try {
    await hub.listening;
  } catch (error) {
    hub.listening = null;
    stop();
    throw new AppError('internal', 'New logs can’t be followed now. Try again in a moment.', { cause: error });
  }
  return stop;
}

function hubOf(): Hub {
  if (shared.respanLiveLogs) return shared.respanLiveLogs;
  const hub: Hub = { subscribers: new Map(), listening: null };
  shared.respanLiveLogs = hub;
  // An open stream would hold up a server that waits for its answers to end.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void end(hub));
  return hub;
}

function begin(hub: Hub): Promise<Listener> {
  const all = () => [...hub.subscribers.values()].flatMap((peers) => [...peers]);
  return listen(
    env().DATABASE_URL ?? '',
    LOGS_CHANNEL,
    (payload) => {
      for (const id of organizationsIn(payload)) for (const one of hub.subscribers.get(id) ?? []) one.onLogs();
    },
    () => {
      for (const one of all()) one.onLogs();
    },
  );
}

function organizationsIn(payload: string): string[] {
  const ids: unknown = JSON.parse(payload);
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
}

async function end(hub: Hub): Promise<void> {
  for (const peers of hub.subscribers.values()) for (const one of [...peers]) one.onEnd();
  await (await hub.listening?.catch(() => null))?.close();
}
