import type { Dialect } from '../errors';
import type { OpenAiOperation } from '../providers/provider';

/** One of the responses that a provider keeps. */
export interface KeptResponse {
  /** As the path names it, before the id; null where it names none. */
  readonly provider: string | null;
  /** The id, and what of it is asked for, as they stand in the path. */
  readonly path: string;
}

/** How logs are sent: one by itself, several together, or as spans of OpenTelemetry. */
type LogForm = 'one' | 'bulk' | 'spans';

/** What a path asks of the gateway. */
export type Route =
  | { readonly kind: 'openai'; readonly endpoint: string; readonly operation: OpenAiOperation }
  /** A response that a provider keeps: read, cancelled, deleted. */
  | { readonly kind: 'kept-response'; readonly endpoint: string; readonly response: KeptResponse }
  | { readonly kind: 'messages'; readonly endpoint: string; readonly path: string }
  /** Any other Anthropic endpoint: passed through. */
  | { readonly kind: 'anthropic'; readonly endpoint: string; readonly path: string }
  | { readonly kind: 'log'; readonly endpoint: string; readonly form: LogForm }
  /** Reachability probes of Claude Code. */
  | { readonly kind: 'probe'; readonly endpoint: string };

const CHAT: Route = { kind: 'openai', endpoint: '/api/chat/completions', operation: 'chat' };
const RESPONSES: Route = { kind: 'openai', endpoint: '/api/responses', operation: 'responses' };
const EMBEDDINGS: Route = { kind: 'openai', endpoint: '/api/embeddings', operation: 'embeddings' };

/** The hot paths by exact name; the query string and a trailing slash don't count. */
const POST: Readonly<Record<string, Route>> = {
  '/api/chat/completions': CHAT,
  '/chat/completions': CHAT,
  '/api/responses': RESPONSES,
  '/responses': RESPONSES,
  '/api/embeddings': EMBEDDINGS,
  '/embeddings': EMBEDDINGS,
  '/api/anthropic/v1/messages': { kind: 'messages', endpoint: '/api/anthropic/v1/messages', path: '/v1/messages' },
  '/api/anthropic/messages': { kind: 'messages', endpoint: '/api/anthropic/v1/messages', path: '/v1/messages' },
  '/api/anthropic/messages/count_tokens': {
    kind: 'anthropic',
    endpoint: '/api/anthropic/v1/messages/count_tokens',
    path: '/v1/messages/count_tokens',
  },
  '/api/request-logs/create': { kind: 'log', endpoint: '/api/request-logs/create', form: 'one' },
  '/api/request-logs': { kind: 'log', endpoint: '/api/request-logs', form: 'one' },
  '/api/request-logs/bulk': { kind: 'log', endpoint: '/api/request-logs/bulk', form: 'bulk' },
  '/api/request-logs/batch/create': { kind: 'log', endpoint: '/api/request-logs/bulk', form: 'bulk' },
  '/api/v2/traces': { kind: 'log', endpoint: '/api/v2/traces', form: 'spans' },
};

/** Every path with a name of its own, for the description of the API. All of them are POST. */
export const EXACT_PATHS: readonly string[] = Object.keys(POST);

const ANTHROPIC = '/api/anthropic/v1/';

/**
 * The gateway's route for a request, or null where it is Next's.
 * @param url path and query as they came
 */
export function matchRoute(method: string, url: string): Route | null {
  const query = url.indexOf('?');
  const full = query < 0 ? url : url.slice(0, query);
  const path = full.length > 1 && full.endsWith('/') ? full.slice(0, -1) : full;
  if (method === 'POST') {
    const exact = POST[path];
    if (exact) return exact;
  }
  if (path.startsWith(ANTHROPIC))
    return { kind: 'anthropic', endpoint: path, path: path.slice('/api/anthropic'.length) };
  const response = keptResponse(method, path);
  if (response) return { kind: 'kept-response', endpoint: path, response };
  if (method === 'HEAD' && (path === '/api/anthropic' || path === '/api/anthropic/api/hello'))
    return { kind: 'probe', endpoint: path };
  if (method === 'GET' && path === '/api/anthropic/api/hello') return { kind: 'probe', endpoint: path };
  return null;
}

const KEPT = /^(?:\/api)?\/responses\/(?:([\w-]+)\/)??([\w:~-][\w.:~-]*)(\/cancel|\/input_items)?$/;

function keptResponse(method: string, path: string): KeptResponse | null {
  const [, provider = null, id, part = ''] = KEPT.exec(path) ?? [];
  if (id === undefined) return null;
  const serves = part === '/cancel' ? method === 'POST' : method === 'GET' || (method === 'DELETE' && part === '');
  return serves ? { provider, path: `/${id}${part}` } : null;
}

export function dialectOf(route: Route): Dialect {
  if (route.kind === 'openai' || route.kind === 'kept-response') return 'openai';
  return route.kind === 'log' ? 'respan' : 'anthropic';
}
