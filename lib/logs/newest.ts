import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { queryRows, sql } from '@/lib/db/sql';

const row = z.object({ id: z.uuid() });

/** The organization's latest log, in any environment. Null before the first one. */
export async function newestLogId(ctx: Context): Promise<string | null> {
  const [newest] = await queryRows(
    sql`SELECT "id" FROM "RequestLog" WHERE "organizationId" = ${ctx.organizationId}::uuid ORDER BY "id" DESC LIMIT 1`,
    row,
  );
  return newest?.id ?? null;
}
