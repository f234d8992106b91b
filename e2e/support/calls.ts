export interface GatewayAnswer {
  status: number;
  headers: Headers;
  /** Of the log that this call leaves; null where no caller was known. */
  logId: string | null;
  text: string;
}

/** The body of a small message. `text` may hold the simulator's directives: "[[reply:Hi]]", "[[fault:500]]". */
export function message(text: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { model: 'claude-sonnet-5-5', max_tokens: 200, messages: [{ role: 'user', content: text }], ...more };
}

/** One message through the gateway, as any program would send it, read to its end. */
export function gatewayCall(
  origin: string | undefined,
  key: string,
  body: Record<string, unknown> | string = message('Say hello.'),
  headers: Record<string, string> = {},
): Promise<GatewayAnswer> {
  return post(`${origin}/api/anthropic/v1/messages`, body, {
    'x-api-key': key,
    'anthropic-version': '2023-06-01',
    ...headers,
  });
}

/** A message of which nobody hears the end: the client leaves once the answer has begun. @returns the log's id */
export async function abandonedCall(origin: string | undefined, key: string, text: string): Promise<string | null> {
  const leaving = new AbortController();
  const response = await fetch(`${origin}/api/anthropic/v1/messages`, {
    method: 'POST',
    headers: { 'x-api-key': key, 'anthropic-version': '2023-06-01', 'content-type': 'application/json' },
    body: JSON.stringify(message(`${text} [[fault:stall after=1]]`, { stream: true })),
    signal: leaving.signal,
  });
  await response.body?.getReader().read();
  leaving.abort();
  return response.headers.get('x-respan-log-id');
}

/** A log of a call made elsewhere. */
export function createLog(
  origin: string | undefined,
  key: string,
  body: Record<string, unknown>,
): Promise<GatewayAnswer> {
  return post(`${origin}/api/request-logs/create/`, body, { authorization: `Bearer ${key}` });
}

/** A body given as text goes as it is. */
export async function post(
  url: string,
  body: Record<string, unknown> | string,
  headers: Record<string, string>,
): Promise<GatewayAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, logId: response.headers.get('x-respan-log-id'), text };
}
