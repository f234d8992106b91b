import { LRUCache } from 'lru-cache';
import { openHolds } from './credits/holds';
import { noteCustomers } from './customers/notes';
import { listen } from './db/listen';
import { CONFIG_CHANNEL } from './db/notify';
import { GatewayError } from './gateway/errors';
import type { Credential, GatewayPorts } from './gateway/ports';
import { Breakers } from './gateway/routing/breaker';
import { loadCredentials } from './integrations/credentials';
import { loadCustomProviders } from './integrations/custom-providers';
import { recordHealth } from './integrations/health';
import { installedBaseUrl, platformSecret } from './integrations/installation';
import { findKeyBySecret, type KeyOwner } from './keys/lookup';
import { type KeyUse, touchKeys } from './keys/touch';
import { loadGroups } from './load-balancing/lookup';
import { type LogStore, openLogStore } from './logs/store';
import { newId } from './new-id';
import { priceUsage } from './pricing/price';
import { findCached, keepCached, removeExpired } from './response-cache/store';

/** How long an answer from Postgres is trusted if no notification says otherwise. */
const TRUSTED_MS = 30_000;
/** Unknown keys are remembered for a moment, so that guessing does not reach Postgres at every try. */
const UNKNOWN_MS = 5_000;
const TOUCH_EVERY_MS = 5_000;
const SWEEP_EVERY_MS = 60_000;

export interface ComposedGateway {
  readonly ports: GatewayPorts;
  /** Stored keys' health is shared: what one process notes, the others learn when they next read the keys. */
  readonly breakers: Breakers;
  /** Writes what is pending and lets go of files and connections. */
  close(): Promise<void>;
  counters(): ReturnType<LogStore['counters']>;
}

/** Composition root: the pure core meets Postgres, crypto and the journal. Imported by server.ts alone. */
export async function composeGateway(databaseUrl: string, journalDir: string): Promise<ComposedGateway> {
  const report = (message: string, error?: unknown) =>
    console.error(`[gateway] ${message}${error ? `: ${describe(error)}` : ''}`);
  const store = await openLogStore({ databaseUrl, dir: journalDir, report });
  const callers = callerCache();
  const breakers = new Breakers((id, health, lastError) => {
    recordHealth(id, health, lastError).catch((error: unknown) =>
      report("A provider key's health could not be written", error),
    );
  });
  const learn = (id: string, failing: boolean) => breakers.learn(id, failing);
  const credentials = configCache((organizationId, provider) =>
    loadCredentials(organizationId, provider, report, learn),
  );
  const customProviders = configCache(loadCustomProviders);
  const groups = configCache(loadGroups);
  const uses = keyUses(report);
  const customers = noteCustomers(report);
  const holds = openHolds(report);
  const sweeping = setInterval(() => void sweep(report), SWEEP_EVERY_MS);
  sweeping.unref();
  const listener = await listen(
    databaseUrl,
    CONFIG_CHANNEL,
    (payload) => {
      const [kind, id = ''] = payload.split(':', 2);
      if (kind === 'key') callers.forget(id);
      else for (const cache of [credentials, customProviders, groups]) cache.forget(id);
    },
    () => {
      for (const cache of [callers, credentials, customProviders, groups]) cache.forgetAll();
    },
  );
  return {
    breakers,
    counters: () => store.counters(),
    async close() {
      await listener.close();
      clearInterval(sweeping);
      await uses.close();
      await customers.close();
      await store.close();
      holds.close();
    },
    ports: {
      async findCaller(presented) {
        const owner = await callers.find(presented);
        if (owner) uses.note(owner);
        return owner;
      },
      integrationCredentials: (organizationId, provider) => credentials.find(organizationId, provider),
      customProviders: (organizationId) => customProviders.find(organizationId),
      async loadBalanceGroup(organizationId, groupId) {
        const found = (await groups.find(organizationId)).find((group) => group.groupId === groupId);
        return found?.models ?? [];
      },
      platformCredential,
      credits: {
        ...holds,
        balance: (organizationId) => fetched(holds.balance(organizationId)),
        reserve: (hold) => fetched(holds.reserve(hold)),
      },
      providerBaseUrl: installedBaseUrl,
      price: priceUsage,
      journal: {
        intend: (intent) => store.journal.intend(intent),
        settle(record) {
          store.journal.settle(record);
          customers.note(record);
        },
      },
      responseCache: { find: findCached, keep: keepCached },
      newId,
      report,
    },
  };
}

/** Key owners by presented key. While Postgres is away, what is known keeps working. */
function callerCache() {
  const cache = new LRUCache<string, { owner: KeyOwner | null }>({
    max: 20_000,
    ttl: TRUSTED_MS,
    allowStaleOnFetchRejection: true,
    fetchMethod: async (presented, _, { options }) => {
      const owner = await findKeyBySecret(presented);
      if (!owner) options.ttl = UNKNOWN_MS;
      return { owner };
    },
  });
  return {
    async find(presented: string): Promise<KeyOwner | null> {
      const known = cache.get(presented) ?? (await fetched(cache.fetch(presented)));
      const owner = known?.owner ?? null;
      return owner?.expiresAt && owner.expiresAt.getTime() <= Date.now() ? null : owner;
    },
    forget(prefix: string) {
      for (const presented of cache.keys()) if (presented.startsWith(`${prefix}.`)) cache.delete(presented);
    },
    forgetAll: () => cache.clear(),
  };
}

/** What an organization has configured, in lists by organization and one more name. */
function configCache<T extends object>(load: (organizationId: string, name: string) => Promise<readonly T[]>) {
  const cache = new LRUCache<string, readonly T[]>({
    max: 5_000,
    ttl: TRUSTED_MS,
    allowStaleOnFetchRejection: true,
    fetchMethod: (key) => {
      const [organizationId = '', name = ''] = key.split('/', 2);
      return load(organizationId, name);
    },
  });
  return {
    async find(organizationId: string, name = ''): Promise<readonly T[]> {
      const key = `${organizationId}/${name}`;
      return cache.get(key) ?? (await fetched(cache.fetch(key))) ?? [];
    },
    forget(organizationId: string) {
      for (const key of cache.keys()) if (key.startsWith(`${organizationId}/`)) cache.delete(key);
    },
    forgetAll: () => cache.clear(),
  };
}

/** A database that is away is not the caller's fault, and must not look like a wrong key. */
async function fetched<T>(value: Promise<T>): Promise<T> {
  try {
    return await value;
  } catch (error) {
    throw new GatewayError('unavailable', 'The gateway can not reach its database right now. Try again in a moment.', {
      cause: error,
    });
  }
}

/** The installation's own credential, which credits pay for. */
function platformCredential(provider: string): Credential | null {
  const secret = platformSecret(provider);
  if (!secret) return null;
  const rest = {
    id: null,
    lastFour: secret.slice(-4),
    baseUrl: null,
    simulated: false,
    weight: 1,
    availableModels: [],
    excludeModels: [],
  };
  return { source: 'credits', provider, secret, ...rest };
}

/** Collects when keys were used and writes it every few seconds: a date that is a moment late is worth no query a request. */
function keyUses(report: (message: string, error?: unknown) => void) {
  let noted = new Map<string, KeyUse>();
  const flush = async () => {
    if (noted.size === 0) return;
    const uses = [...noted.values()];
    noted = new Map();
    await touchKeys(uses).catch((error: unknown) => report('When keys were last used could not be written', error));
  };
  const timer = setInterval(() => void flush(), TOUCH_EVERY_MS);
  timer.unref();
  return {
    note: ({ organizationId, apiKeyId }: KeyOwner) =>
      noted.set(apiKeyId, { organizationId, apiKeyId, usedAt: new Date() }),
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}

async function sweep(report: (message: string, error?: unknown) => void): Promise<void> {
  await removeExpired().catch((error: unknown) =>
    report('Expired answers could not be removed from the response cache', error),
  );
}

/** An error in one line for the console; errors of ours and of drivers hold no secrets, stacks may hold arguments. */
function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
