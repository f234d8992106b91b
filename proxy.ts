import { type NextRequest, NextResponse } from 'next/server';
import { REQUESTED_PATH_HEADER } from '@/lib/auth/next-path';

/** Notes the address that was asked for, so that a page without a session can send people back to it after sign-in. */
export function proxy(request: NextRequest) {
  const headers = new Headers(request.headers);
  headers.set(REQUESTED_PATH_HEADER, `${request.nextUrl.pathname}${request.nextUrl.search}`);
  return NextResponse.next({ request: { headers } });
}

export const config = { matcher: '/((?!api/|_next/|.*\\.(?:svg|ico|png|txt)$).*)' };
