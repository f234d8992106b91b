/** Remembers a collapsed sidebar. Its own module: a client module's constants don't reach the server. */
export const SIDEBAR_COOKIE = 'respan-sidebar';
