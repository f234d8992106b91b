import { mkdir } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import next from 'next';
import { watchAlerts } from './lib/alerts/watch';
import { disconnect, pool } from './lib/db/client';
import { startEmbeddedPostgres } from './lib/db/embedded';
import { migrate, migrationsPending } from './lib/db/migrate';
import { env, provideEnv } from './lib/env';
import { Expectations } from './lib/gateway/credits/expectations';
import type { Gateway } from './lib/gateway/gateway';
import { handle } from './lib/gateway/handle';
import { inboundOf, outboundOf } from './lib/gateway/http/node-server';
import { matchRoute } from './lib/gateway/http/routes';
import { createUpstream } from './lib/gateway/http/upstream';
import { Hedging } from './lib/gateway/routing/hedging';
import { composeGateway } from './lib/gateway-ports';
import { ensureKey } from './lib/keys/ensure';
import { startHousekeeping } from './lib/logs/housekeeping';
import { createRegistry } from './lib/metrics/registry';
import { serveMetrics } from './lib/metrics/serve';
import { answerWorkers, askParent, tellParent } from './lib/metrics/workers';
import { ensureInitialAccount } from './lib/organizations/initial-account';
import { ensureSecrets } from './lib/secrets';
import { startSimulator } from './lib/simulator/server';
import { deliverWebhooks } from './lib/webhooks/deliver';
import { isWorker, runWorkers } from './lib/workers';

/** The one HTTP server: hot paths to lib/gateway, the rest to Next. */

const MB = 1024 * 1024;
/** How long running streams may go on after SIGTERM. */
const DRAIN_MS = 30_000;
const TIMEOUTS = { connectMs: 10_000, firstByteMs: 600_000, idleMs: 300_000 };

// A console whose reader has gone (a closed terminal, `| head`) must not become an endless loop of errors about itself.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

/** Undone in reverse order when the server stops. */
const cleanups: (() => Promise<void>)[] = [];

async function start(): Promise<void> {
  const databaseUrl = await prepareEnvironment();
  if (!isWorker()) {
    await migrate(databaseUrl);
    await initialAccount();
  }
  if (!isWorker() && env().WORKERS > 1) {
    await disconnect();
    console.log(`Respan is at ${env().APP_URL}, with ${env().WORKERS} workers`);
    answerWorkers();
    await runWorkers(env().WORKERS, fileURLToPath(import.meta.url));
    await cleanUp();
    process.exit(0);
  }
  const composed = await composeGateway(databaseUrl, resolve(env().DATA_DIR, 'journal'));
  cleanups.push(disconnect, () => composed.close());
  const housekeeping = startHousekeeping({
    databaseUrl,
    retention: { logDays: env().LOG_RETENTION_DAYS, payloadDays: env().PAYLOAD_RETENTION_DAYS },
    report: (message, error) => console.error(`[housekeeping] ${message}`, error instanceof Error ? error.message : ''),
  });
  cleanups.push(() => housekeeping.stop());
  const watch = watchAlerts({
    report: (message, error) => console.error(`[alerts] ${message}`, error instanceof Error ? error.message : ''),
  });
  cleanups.push(() => watch.stop());
  const webhooks = deliverWebhooks({
    report: (message, error) => console.error(`[webhooks] ${message}`, error instanceof Error ? error.message : ''),
  });
  cleanups.push(() => webhooks.stop());
  const timeouts = { ...TIMEOUTS, totalMs: env().UPSTREAM_TOTAL_TIMEOUT_MS };
  const upstream = createUpstream(timeouts, { allowPrivate: env().ALLOW_PRIVATE_UPSTREAMS });
  cleanups.push(() => upstream.close());
  const { PORT, HOST } = env();
  const config = { appUrl: env().APP_URL ?? '', maxBodyBytes: 32 * MB, maxLogBytes: 20 * MB };
  const learned = { hedging: new Hedging(), expectations: new Expectations() };
  const registry = createRegistry(() => composed.counters());
  if (isWorker()) tellParent(registry);
  const metrics = () => (isWorker() ? askParent() : registry.metrics());
  const onMetrics: Answer = (request, response) =>
    void serveMetrics(request, response, registry, env().METRICS_TOKEN, metrics);
  await serve(
    { ports: composed.ports, upstream, breakers: composed.breakers, ...learned, config },
    onMetrics,
    PORT,
    HOST,
  );
}

/** Everything that is worked out at start reaches Next's copy of the code through the environment. @returns the database's URL */
async function prepareEnvironment(): Promise<string> {
  const given = env();
  await mkdir(given.DATA_DIR, { recursive: true, mode: 0o700 });
  const appUrl = given.APP_URL ?? `http://localhost:${given.PORT}`;
  provideEnv({ ...(await ensureSecrets(given)), APP_URL: appUrl, NEXTAUTH_URL: appUrl });
  let databaseUrl = given.DATABASE_URL;
  if (!databaseUrl) {
    const embedded = await startEmbeddedPostgres(given.DATA_DIR);
    cleanups.push(() => embedded.stop());
    databaseUrl = embedded.url;
    provideEnv({ DATABASE_URL: databaseUrl });
  }
  const simulated = given.SIMULATOR ?? !given.DATABASE_URL;
  provideEnv({ SIMULATOR: simulated ? '1' : '0' });
  // A worker uses its parent's.
  if (simulated && !given.SIMULATOR_URL) {
    const simulator = await startSimulator({ recordLimit: 0 });
    cleanups.push(() => simulator.close());
    provideEnv({ SIMULATOR_URL: simulator.url });
  }
  return databaseUrl;
}

/** Headless set-up by RESPAN_INIT_*. */
async function initialAccount(): Promise<void> {
  const { RESPAN_INIT_EMAIL, RESPAN_INIT_PASSWORD, RESPAN_INIT_ORGANIZATION, RESPAN_INIT_API_KEY } = env();
  if (!RESPAN_INIT_EMAIL && !RESPAN_INIT_API_KEY) return;
  if (!RESPAN_INIT_EMAIL || !RESPAN_INIT_PASSWORD)
    throw new Error('RESPAN_INIT_EMAIL and RESPAN_INIT_PASSWORD go together; RESPAN_INIT_API_KEY needs both.');
  const account = await ensureInitialAccount({
    email: RESPAN_INIT_EMAIL,
    password: RESPAN_INIT_PASSWORD,
    organizationName: RESPAN_INIT_ORGANIZATION,
  });
  if (RESPAN_INIT_API_KEY) await ensureKey({ organizationId: account.organizationId, presented: RESPAN_INIT_API_KEY });
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

async function serve(gateway: Gateway, onMetrics: Answer, port: number, host: string): Promise<void> {
  const dev = env().NODE_ENV === 'development';
  let draining = false;
  const server = createServer((request, response) => {
    const url = request.url ?? '/';
    if (url === '/healthz') return plain(response, 200, 'ok');
    if (url === '/readyz') return void ready(response, draining);
    if (url === '/metrics') return onMetrics(request, response);
    const route = matchRoute(request.method ?? 'GET', url);
    if (draining) response.setHeader('connection', 'close');
    if (route) return void handle(route, inboundOf(request), outboundOf(response), gateway);
    // Next would redirect, and a client that doesn't follow would be lost: the documented addresses end in a slash.
    if (url.startsWith('/api/')) request.url = url.replace(/(?<=.)\/(?=\?|$)/, '');
    void nextHandler(request, response);
  });
  // Long answers are the normal case here: only headers have a time limit.
  server.requestTimeout = 0;
  server.headersTimeout = 60_000;
  server.keepAliveTimeout = 75_000;
  const app = next({ dev, hostname: host, port, httpServer: server });
  await app.prepare();
  const nextHandler: (request: IncomingMessage, response: ServerResponse) => Promise<void> = app.getRequestHandler();
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen({ port, host, backlog: 4096 }, done);
  });
  if (!isWorker()) console.log(`Respan is at ${env().APP_URL}`);

  const stop = async () => {
    if (draining) return;
    draining = true;
    const closed = new Promise<void>((done) => server.close(() => done()));
    server.closeIdleConnections();
    const idle = setInterval(() => server.closeIdleConnections(), 100);
    await Promise.race([closed, new Promise((done) => setTimeout(done, DRAIN_MS).unref())]);
    clearInterval(idle);
    server.closeAllConnections();
    await app.close().catch(() => {});
    await cleanUp();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
}

async function ready(response: ServerResponse, draining: boolean): Promise<void> {
  if (draining) return plain(response, 503, 'The server is stopping.');
  try {
    const pending = await migrationsPending(pool());
    if (pending.length > 0) return plain(response, 503, `Migrations are missing: ${pending.join(', ')}`);
    plain(response, 200, 'ready');
  } catch {
    plain(response, 503, 'The database can not be reached.');
  }
}

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}

async function cleanUp(): Promise<void> {
  for (const undo of cleanups.reverse())
    await undo().catch((error: unknown) => console.error('While stopping:', error));
}

start().catch(async (error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  await cleanUp();
  process.exit(1);
});
