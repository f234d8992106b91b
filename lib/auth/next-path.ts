/** The request header in which proxy.ts notes the address that was asked for. */
export const REQUESTED_PATH_HEADER = 'x-respan-path';

const HOME = '/dashboard';

/** Where to go after signing in: the path asked for if it is one of ours, else the dashboard. Never another site. */
export function safeNextPath(next: string | null | undefined): string {
  if (!next?.startsWith('/')) return HOME;
  // Browsers drop control characters and read a backslash as a slash, so "/\evil.test" would leave the site.
  if (/[\\\p{Cc}]/u.test(next) || next.startsWith('//')) return HOME;
  const base = 'http://here.invalid';
  if (!URL.canParse(next, base)) return HOME;
  const url = new URL(next, base);
  const leaves = url.origin !== base || url.pathname.startsWith('//');
  const returns = /^\/(sign-in|sign-up|api)(\/|$)/.test(url.pathname);
  return leaves || returns ? HOME : `${url.pathname}${url.search}${url.hash}`;
}

/** The sign-in page, with the way back. */
export function signInPath(next: string | null | undefined): string {
  const path = safeNextPath(next);
  return path === HOME || path === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`;
}
