import type { NextRequest } from 'next/server';
import { z } from 'zod';
import { findFirstLog } from '@/app/(onboarding)/first-log';
import { runRoute } from '@/app/run-route';
import { requireContext } from '@/lib/auth/guards';

/** `?id=` for one log, else the newest. Answers `{ log: null }` until it is written. */
export async function GET(request: NextRequest) {
  return runRoute(async () => {
    const ctx = await requireContext();
    const id = z.uuid().nullable().parse(request.nextUrl.searchParams.get('id'));
    return { log: await findFirstLog(ctx, id) };
  });
}
