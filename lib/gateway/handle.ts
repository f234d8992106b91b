import { cacheDigest, keep, replay } from './cache/response-cache';
import { fund } from './credits/fund';
import { MergedChoices } from './deliver/merge-choices';
import { passThrough } from './deliver/pass-through';
import { retold } from './deliver/retold';
import { translateChat } from './deliver/translate';
import { errorBody, toGatewayError } from './errors';
import { arrival, Exchange, type Target } from './exchange';
import type { Gateway } from './gateway';
import { identityHeaders } from './http/headers';
import type { Inbound, Outbound } from './http/message';
import { dialectOf, type Route } from './http/routes';
import { acceptBulk } from './ingest/accept-bulk';
import { acceptLog } from './ingest/accept-log';
import { acceptSpans } from './ingest/accept-spans';
import type { RespanParams } from './params';
import type { CustomProvider } from './ports';
import { isRead, prepareEndpoint } from './prepare/endpoints';
import { prepareKeptResponse } from './prepare/kept-responses';
import { prepareMessages } from './prepare/messages';
import { prepareOpenAi } from './prepare/openai';
import type { Prepared } from './prepare/prepared';
import { providerNamed } from './providers';
import { namingOf } from './routing/naming';
import { NO_RETRIES, type RetryPolicy, schedule } from './routing/schedule';
import { authenticate } from './steps/authenticate';
import { callWithFallback } from './steps/call-with-fallback';
import { intend } from './steps/intend';
import { planHedge } from './steps/plan-hedge';
import { planRoute, savedGroup } from './steps/plan-route';
import { settle } from './steps/settle';

/** The whole of a request. Never throws: whatever goes wrong becomes an answer, and a log where the caller is known. */
export async function handle(route: Route, inbound: Inbound, outbound: Outbound, gateway: Gateway): Promise<void> {
  const { ports, config } = gateway;
  const id = ports.newId();
  if (route.kind === 'probe') return answer(outbound, 200, id, '');
  const arrived = arrival();
  let exchange: Exchange | null = null;
  try {
    const caller = await authenticate(inbound.headers, ports, config.appUrl);
    exchange = new Exchange(id, caller, route.endpoint, logTypeOf(route), inbound.headers, arrived);
    exchange.mark('auth');
    if (route.kind === 'log') return await ACCEPT[route.form](exchange, inbound, outbound, gateway);
    const custom = await ports.customProviders(caller.organizationId);
    const prepared = await prepare(route, exchange, inbound, custom, gateway);
    exchange.mark('body');
    await forward(exchange, prepared, custom, outbound, gateway).catch((error: unknown) => {
      // Who is still sending reads no answer: what nobody takes is read and dropped.
      prepared.upload?.destroy();
      throw error;
    });
  } catch (error) {
    refuse(error, route, exchange, id, outbound, gateway);
  }
}

const ACCEPT = { one: acceptLog, bulk: acceptBulk, spans: acceptSpans };

type CallRoute = Exclude<Route, { kind: 'probe' | 'log' }>;

async function prepare(
  route: CallRoute,
  exchange: Exchange,
  inbound: Inbound,
  custom: readonly CustomProvider[],
  { ports, config: { appUrl, maxBodyBytes } }: Gateway,
): Promise<Prepared> {
  if (route.kind === 'anthropic' && !isRead(inbound, route.path))
    return prepareEndpoint(exchange, inbound, route.path, `${appUrl}/api/anthropic`);
  if (route.kind === 'kept-response') return prepareKeptResponse(exchange, inbound, route.response, custom, ports);
  const body = await inbound.readBody(maxBodyBytes);
  exchange.received = body;
  if (route.kind === 'openai') return prepareOpenAi(exchange, inbound, body, route.operation, custom);
  return prepareMessages(exchange, inbound, body, route, custom);
}

async function forward(
  exchange: Exchange,
  prepared: Prepared,
  custom: readonly CustomProvider[],
  outbound: Outbound,
  gateway: Gateway,
): Promise<void> {
  const { ports, upstream, breakers } = gateway;
  if (exchange.params.request_breakdown && !prepared.translate) {
    exchange.routeWarnings.push('request_breakdown was left out: this answer passes untouched.');
  }
  const naming = namingOf(exchange.requestHeaders, exchange.params, custom);
  const saved = await savedGroup(exchange, ports);
  const digest = cacheDigest(exchange, prepared, saved);
  const context = {
    exchange,
    outbound,
    settle: () => {
      if (exchange.settled) return;
      settle(exchange, ports);
      if (digest) keep(exchange, digest, ports);
    },
  };
  const baseUrl = ({ provider, credential }: Target) =>
    provider.baseUrl ?? credential.baseUrl ?? ports.providerBaseUrl(provider.id);
  const delivery = ({ provider, translate, rewriteAnswer, retells }: Prepared) => {
    if (translate) return translateChat(context, provider, translate);
    return passThrough(context, retells ? retold(provider) : provider, (answer) => {
      const { target } = exchange;
      return (target && rewriteAnswer?.(answer, baseUrl(target))) ?? null;
    });
  };
  const deliveryOf = (answered: string | null) => {
    const found = sameFor(prepared, answered, custom);
    return found && delivery(found);
  };
  if (digest && (await replay(exchange, digest, deliveryOf, ports))) return;
  const policy = retryPolicy(exchange.params);
  const planned = schedule(await planRoute(exchange, prepared, naming, saved, ports, breakers), policy);
  const steps = prepared.upload ? planned.slice(0, 1) : planned;
  exchange.target = steps[0]?.target.target ?? null;
  intend(exchange.intent(), ports);
  exchange.mark('route');
  await callWithFallback({
    exchange,
    steps,
    policy,
    breakers,
    request: (target, prepared) => ({
      baseUrl: baseUrl(target),
      guarded: target.provider.baseUrl !== null,
      path: prepared.path,
      method: prepared.method,
      headers: [...prepared.headers, ...target.provider.credentialHeaders(target.credential.secret)],
      body: prepared.upload ?? prepared.body,
    }),
    delivery,
    choices: (target, wishes, calls) => new MergedChoices(context, target, wishes, calls),
    hedge: planHedge(exchange, prepared, gateway.hedging),
    fund: (target, prepared) => fund(exchange, target, prepared, gateway),
    upstream,
    outbound,
    settle: context.settle,
  });
}

/** The request as it was put to the provider whose answer was kept; null where that provider is gone. */
function sameFor(prepared: Prepared, answered: string | null, custom: readonly CustomProvider[]): Prepared | null {
  if (answered === null || answered === prepared.provider.id) return prepared;
  const provider = providerNamed(answered, custom);
  try {
    return provider && prepared.retarget(provider, prepared.model);
  } catch {
    return null;
  }
}

/** Retries of the same key only where the caller asks: its SDK retries by itself, and the two would multiply. */
function retryPolicy({ retry_params: asked }: RespanParams): RetryPolicy {
  return asked?.retry_enabled ? { retries: asked.num_retries, waitMs: asked.retry_after * 1000 } : NO_RETRIES;
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

const LOG_TYPES = { chat: 'chat', responses: 'response', embeddings: 'embedding' };

function logTypeOf(route: Route): string {
  if (route.kind === 'openai') return LOG_TYPES[route.operation];
  if (route.kind === 'anthropic') return route.path.endsWith('/count_tokens') ? 'count_tokens' : 'passthrough';
  if (route.kind === 'kept-response') return 'passthrough';
  return 'chat';
}
