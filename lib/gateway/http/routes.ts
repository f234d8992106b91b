import type { Dialect } from '../errors';

/** What a path asks of the gateway. */
export type Route =
  | { readonly kind: 'chat'; readonly endpoint: string }
  | { readonly kind: 'messages'; readonly endpoint: string; readonly path: string }
  /** Any other Anthropic endpoint: passed through. */
  | { readonly kind: 'anthropic'; readonly endpoint: string; readonly path: string }
  | { readonly kind: 'log'; readonly endpoint: string }
  /** Reachability probes of Claude Code. */
  | { readonly kind: 'probe'; readonly endpoint: string };

/** The hot paths by exact name; the query string and a trailing slash don't count. */
const POST: Readonly<Record<string, Route>> = {
  '/api/chat/completions': { kind: 'chat', endpoint: '/api/chat/completions' },
  '/chat/completions': { kind: 'chat', endpoint: '/api/chat/completions' },
  '/api/anthropic/v1/messages': { kind: 'messages', endpoint: '/api/anthropic/v1/messages', path: '/v1/messages' },
  '/api/anthropic/messages': { kind: 'messages', endpoint: '/api/anthropic/v1/messages', path: '/v1/messages' },
  '/api/anthropic/messages/count_tokens': {
    kind: 'anthropic',
    endpoint: '/api/anthropic/v1/messages/count_tokens',
    path: '/v1/messages/count_tokens',
  },
  '/api/request-logs/create': { kind: 'log', endpoint: '/api/request-logs/create' },
  '/api/request-logs': { kind: 'log', endpoint: '/api/request-logs' },
};

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
  if (method === 'HEAD' && (path === '/api/anthropic' || path === '/api/anthropic/api/hello'))
    return { kind: 'probe', endpoint: path };
  if (method === 'GET' && path === '/api/anthropic/api/hello') return { kind: 'probe', endpoint: path };
  return null;
}

export function dialectOf(route: Route): Dialect {
  if (route.kind === 'chat') return 'openai';
  return route.kind === 'log' ? 'respan' : 'anthropic';
}
