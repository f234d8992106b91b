import { passThrough } from './deliver/pass-through';
import { translateChat } from './deliver/translate';
import { errorBody, GatewayError, toGatewayError } from './errors';
import { Exchange, type Target } from './exchange';
import type { Gateway } from './gateway';
import { identityHeaders } from './http/headers';
import type { Inbound, Outbound } from './http/message';
import { dialectOf, type Route } from './http/routes';
import { acceptLog } from './ingest/accept-log';
import type { GatewayPorts } from './ports';
import { prepareChat } from './prepare/chat';
import { prepareAnthropic } from './prepare/messages';
import type { Prepared } from './prepare/prepared';
import { authenticate } from './steps/authenticate';
import { callWithFallback } from './steps/call-with-fallback';
import { planRoute } from './steps/plan-route';
import { settle } from './steps/settle';

/** The whole of a request. Never throws: whatever goes wrong becomes an answer, and a log where the caller is known. */
export async function handle(route: Route, inbound: Inbound, outbound: Outbound, gateway: Gateway): Promise<void> {
  const { ports, config } = gateway;
  const id = ports.newId();
  if (route.kind === 'probe') return answer(outbound, 200, id, '');
  let exchange: Exchange | null = null;
  try {
    const caller = await authenticate(inbound.headers, ports, config.appUrl);
    exchange = new Exchange(id, caller, route.endpoint, logTypeOf(route), inbound.headers);
    if (route.kind === 'log') return await acceptLog(exchange, inbound, outbound, gateway);
    const body = await inbound.readBody(config.maxBodyBytes);
    const prepared =
      route.kind === 'chat' ? prepareChat(exchange, inbound, body) : prepareAnthropic(exchange, inbound, body, route);
    await forward(exchange, prepared, outbound, gateway);
  } catch (error) {
    refuse(error, route, exchange, id, outbound, gateway);
  }
}

async function forward(
  exchange: Exchange,
  prepared: Prepared,
  outbound: Outbound,
  { ports, upstream }: Gateway,
): Promise<void> {
  const { provider } = prepared;
  const targets = await planRoute(exchange, provider, prepared.model, ports);
  exchange.target = targets[0] ?? null;
  intend(exchange, ports);
  const context = { exchange, outbound, settle: () => settle(exchange, ports) };
  await callWithFallback({
    exchange,
    targets,
    request: (target: Target) => ({
      baseUrl: target.credential.baseUrl ?? ports.providerBaseUrl(provider.id),
      path: prepared.path,
      method: prepared.method,
      headers: [...prepared.headers, ...provider.credentialHeaders(target.credential.secret)],
      body: prepared.body,
    }),
    delivery: () =>
      prepared.translate ? translateChat(context, provider, prepared.translate) : passThrough(context, provider),
    upstream,
    outbound,
    settle: context.settle,
  });
}

/** A call that could not be logged is not made. */
function intend(exchange: Exchange, ports: GatewayPorts): void {
  try {
    ports.journal.intend(exchange.intent());
  } catch (error) {
    ports.report(`The journal refused ${exchange.id}`, error);
    throw new GatewayError(
      'unavailable',
      'The gateway can not write its log right now, so the call was not made. Try again in a moment.',
      { cause: error },
    );
  }
}

/** Failures are rows: the log is written before the answer, as for every other call. */
function refuse(
  thrown: unknown,
  route: Route,
  exchange: Exchange | null,
  id: string,
  outbound: Outbound,
  gateway: Gateway,
): void {
  const error = toGatewayError(thrown);
  if (error.code === 'internal') gateway.ports.report(`Request ${id} failed inside the gateway`, error.cause);
  if (exchange) {
    exchange.error = error;
    exchange.statusCode = error.status;
    settle(exchange, gateway.ports);
  }
  if (outbound.started) outbound.destroy();
  else answer(outbound, error.status, id, JSON.stringify(errorBody(error, dialectOf(route), id)));
}

function answer(outbound: Outbound, status: number, id: string, body: string): void {
  outbound.start(status, [['content-type', 'application/json'], ...identityHeaders(id)]);
  outbound.end(body);
}

function logTypeOf(route: Route): string {
  if (route.kind === 'anthropic') return route.path.endsWith('/count_tokens') ? 'count_tokens' : 'passthrough';
  return 'chat';
}
