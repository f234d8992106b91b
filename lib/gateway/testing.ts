import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { uuidv7 } from 'uuidv7';
import { Expectations } from './credits/expectations';
import type { Gateway } from './gateway';
import { handle } from './handle';
import { inboundOf, outboundOf } from './http/node-server';
import { matchRoute } from './http/routes';
import { createUpstream, type UpstreamOptions } from './http/upstream';
import type { LogIntent, LogRecord } from './log-record';
import type { Caller, Credential, CreditsPort, GatewayPorts } from './ports';
import { Breakers } from './routing/breaker';
import { Hedging } from './routing/hedging';

/** A gateway on a real port with ports in memory, and providers that are real servers: for tests of the core. */

export const KEY = 'abcd1234.0123456789abcdefghijABCDEFGHIJ12';
export const CALLER: Caller = {
  organizationId: uuidv7(),
  apiKeyId: uuidv7(),
  environment: 'production',
  hedges: false,
};

export function credential(over: Partial<Credential> = {}): Credential {
  const secret = over.secret ?? 'sk-ant-integration-secret-1234';
  const rest = { id: uuidv7(), baseUrl: null, simulated: false, weight: 100, availableModels: [], excludeModels: [] };
  return { source: 'integration', provider: 'anthropic', ...rest, secret, lastFour: secret.slice(-4), ...over };
}

export interface TestGateway {
  readonly url: string;
  readonly records: LogRecord[];
  readonly intents: LogIntent[];
  readonly reports: string[];
  readonly ports: GatewayPorts;
  close(): Promise<void>;
}

export async function startGateway(
  providerUrl: string,
  over: Partial<GatewayPorts> = {},
  timeouts = { connectMs: 2000, firstByteMs: 2000, idleMs: 2000, totalMs: 20_000 },
  upstreamOptions: UpstreamOptions = {},
  /** What the gateway takes for its own address, by the one it has. */
  appUrl = (_: string) => 'http://respan.test',
): Promise<TestGateway> {
  const records: LogRecord[] = [];
  const intents: LogIntent[] = [];
  const reports: string[] = [];
  const ports: GatewayPorts = {
    findCaller: async (key) => (key === KEY ? CALLER : null),
    integrationCredentials: async () => [credential()],
    customProviders: async () => [],
    loadBalanceGroup: async () => [],
    platformCredential: () => null,
    credits: creditsInMemory(0n),
    providerBaseUrl: () => providerUrl,
    price: () => null,
    journal: { intend: (intent) => void intents.push(intent), settle: (record) => void records.push(record) },
    responseCache: { find: async () => null, keep: async () => {} },
    newId: uuidv7,
    report: (message) => void reports.push(message),
    ...over,
  };
  const upstream = createUpstream(timeouts, upstreamOptions);
  const config = { appUrl: '', maxBodyBytes: 1024 * 1024, maxLogBytes: 512 * 1024 };
  const learned = { breakers: new Breakers(), hedging: new Hedging(), expectations: new Expectations() };
  const gateway: Gateway = { ports, upstream, ...learned, config };
  const server = await listen((request, response) => {
    const route = matchRoute(request.method ?? 'GET', request.url ?? '/');
    if (route) return void handle(route, inboundOf(request), outboundOf(response), gateway);
    response.writeHead(404).end();
  });
  config.appUrl = appUrl(server.url);
  return {
    url: server.url,
    records,
    intents,
    reports,
    ports,
    async close() {
      await server.close();
      await upstream.close();
    },
  };
}

/** An account that holds what calls reserve; what they cost is taken from it nowhere. */
export function creditsInMemory(balanceNanoUsd: bigint): CreditsPort & { readonly held: Map<string, bigint> } {
  const held = new Map<string, bigint>();
  const free = () => [...held.values()].reduce((left, amount) => left - amount, balanceNanoUsd);
  const hold = (id: string, amount: bigint) => held.set(id, (held.get(id) ?? 0n) + amount);
  return {
    held,
    balance: async () => balanceNanoUsd,
    async reserve(asked) {
      const { id, neededNanoUsd, wantedNanoUsd } = asked();
      const grantedNanoUsd =
        free() <= 0n || free() < neededNanoUsd ? null : free() < wantedNanoUsd ? free() : wantedNanoUsd;
      if (grantedNanoUsd !== null) hold(id, grantedNanoUsd);
      return { grantedNanoUsd, balanceNanoUsd, isHeldByOthers: false };
    },
    async extend({ id, wantedNanoUsd }) {
      const granted = free() < wantedNanoUsd ? free() : wantedNanoUsd;
      hold(id, granted);
      return granted;
    },
    async giveBack(_, id, amount) {
      hold(id, -amount);
      return true;
    },
    done: () => {},
  };
}

export interface TestServer {
  readonly url: string;
  close(): Promise<void>;
}

export async function listen(handler: RequestListener): Promise<TestServer> {
  const server = createServer(handler);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly rawHeaders: string[];
  readonly body: Buffer;
}

/** A provider that keeps what it was sent and answers as the test says. */
export async function startProvider(
  answer: (request: Received, response: ServerResponse) => void,
): Promise<TestServer & { received: Received[] }> {
  const received: Received[] = [];
  const server = await listen((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        rawHeaders: request.rawHeaders,
        body: Buffer.concat(chunks),
      };
      received.push(one);
      answer(one, response);
    });
  });
  return { ...server, received };
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  /** Whether the connection broke before the answer was complete. */
  readonly broken: boolean;
}

/** A request without any client's cleverness. */
export function send(
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: Buffer | string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      url,
      { method: options.method ?? 'POST', headers: options.headers, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        const done = (broken: boolean) =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks), broken });
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => done(false));
        response.on('error', () => done(true));
      },
    );
    request.on('error', reject);
    request.end(options.body);
  });
}

/** Waits until a condition holds. */
export async function until(condition: () => boolean, withinMs = 5000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('The condition did not come true in time.');
    await new Promise((done) => setTimeout(done, 5));
  }
}
