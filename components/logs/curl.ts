import type { LogDetail } from '@/lib/logs/schema';

/** Headers of a request that change what it means; credentials are kept nowhere, and their place is named instead. */
const SENT = ['anthropic-version', 'anthropic-beta'];

/** The request again, as a command for a shell. The key comes from the environment of whoever runs it. */
export function curlOf(log: Pick<LogDetail, 'endpoint' | 'payload'>, body: string, origin: string): string {
  const headers = SENT.flatMap((name) => {
    const value = log.payload?.requestHeaders?.[name];
    return value ? [`${name}: ${value}`] : [];
  });
  return [
    `curl ${quoted(`${origin}${log.endpoint}`)}`,
    '-H "Authorization: Bearer $RESPAN_API_KEY"',
    `-H ${quoted('content-type: application/json')}`,
    ...headers.map((header) => `-H ${quoted(header)}`),
    `--data-binary ${quoted(body)}`,
  ].join(' \\\n  ');
}

/** In single quotes a shell reads nothing; a quote itself ends them, stands alone, and begins them again. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
