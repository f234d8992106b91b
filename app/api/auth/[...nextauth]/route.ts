import { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { readText } from '@/app/read-text';
import { authOptions } from '@/lib/auth/config';
import { toAppError } from '@/lib/errors';

interface AuthRouteProps {
  params: Promise<{ nextauth: string[] }>;
}

/** Far more than any form of signing in holds. */
const MAX_FORM_BYTES = 64 * 1024;

export async function GET(request: NextRequest, context: AuthRouteProps): Promise<Response> {
  return NextAuth(request, context, authOptions());
}

export async function POST(request: NextRequest, context: AuthRouteProps): Promise<Response> {
  try {
    const body = await readText(request, MAX_FORM_BYTES);
    const { url, headers } = request;
    return await NextAuth(
      new NextRequest(url, { method: 'POST', headers, body: body || null }),
      context,
      authOptions(),
    );
  } catch (error) {
    const { code, message, status } = toAppError(error);
    if (code !== 'too_large') throw error;
    return Response.json({ error: { code, message } }, { status });
  }
}
