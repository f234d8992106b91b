/**
 * A gateway process for concurrency.test.ts: the real ports on the test's database, and a platform key that credits pay for.
 * Arguments: journal folder. Says its port on standard output; SIGTERM ends it in order, SIGKILL does not.
 */
import { createServer } from 'node:http';
import { disconnect } from '@/lib/db/client';
import { env } from '@/lib/env';
import { Expectations } from '@/lib/gateway/credits/expectations';
import { handle } from '@/lib/gateway/handle';
import { inboundOf, outboundOf } from '@/lib/gateway/http/node-server';
import { matchRoute } from '@/lib/gateway/http/routes';
import { createUpstream } from '@/lib/gateway/http/upstream';
import { Hedging } from '@/lib/gateway/routing/hedging';
import { composeGateway } from '@/lib/gateway-ports';

const [dir = ''] = process.argv.slice(2);
const composed = await composeGateway(env().DATABASE_URL ?? '', dir);
const upstream = createUpstream({ connectMs: 10_000, firstByteMs: 60_000, idleMs: 60_000, totalMs: 60_000 });
const learned = { breakers: composed.breakers, hedging: new Hedging(), expectations: new Expectations() };
const config = { appUrl: 'http://respan.test', maxBodyBytes: 1_000_000, maxLogBytes: 1_000_000 };
const server = createServer((request, response) => {
  const route = matchRoute(request.method ?? 'GET', request.url ?? '/');
  if (!route) return void response.writeHead(404).end();
  void handle(route, inboundOf(request), outboundOf(response), { ports: composed.ports, upstream, ...learned, config });
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 1024 }, () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`);
});

process.on('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
  void (async () => {
    await upstream.close();
    await composed.close();
    await disconnect();
    process.exit(0);
  })();
});
