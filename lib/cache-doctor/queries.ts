import { z } from 'zod';
import { resolveEnvironment } from '@/lib/analytics/environment';
import type { Context } from '@/lib/auth/context';
import { queryRows, type Sql, sql } from '@/lib/db/sql';
import { firstIdAt } from '@/lib/logs/partitions';
import { getPayload } from '@/lib/logs/payloads';
import { pricingSchema } from '@/lib/logs/schema';
import { type Call, diagnose } from './diagnose';
import { predecessorOf } from './predecessor';
import { prefixOf } from './prefix';
import type { DoctorFilters, Examination, ExaminedCall, Suspect, Suspects } from './schema';

const DAY_MS = 24 * 60 * 60 * 1000;
/** How many of the newest calls the list of threads and keys looks at. */
const LOOKED_AT = 20_000;
const LISTED = 12;
/** Requests are read whole to be compared, so they are few at a time. */
const EXAMINED = 40;
const HELD_BYTES = 48 * 1024 * 1024;

const count = z.coerce.number().int();
const suspectRow = z.object({
  id: z.string(),
  name: z.string(),
  calls: count,
  lastAt: z.date(),
  read: count,
  uncached: count,
});

/** The threads and keys of the last day that read least from the provider's prompt cache for what they sent. */
export async function findSuspects(
  ctx: Context,
  environment: 'production' | 'test' | undefined,
  now = new Date(),
): Promise<Suspects> {
  const resolved = await resolveEnvironment(ctx, environment);
  const recent = sql`SELECT "threadIdentifier", "apiKeyId", "startedAt", "inputTokens",
      coalesce("cacheReadTokens", 0) AS read, coalesce("cacheWrite5mTokens", 0) + coalesce("cacheWrite1hTokens", 0) AS written
    FROM "RequestLog" WHERE "organizationId" = ${ctx.organizationId}::uuid AND "environment" = ${resolved.environment}::"Environment"
      AND "id" >= ${firstIdAt(new Date(now.getTime() - DAY_MS))}::uuid AND "provider" = 'anthropic' AND "inputTokens" IS NOT NULL
    ORDER BY "id" DESC LIMIT ${LOOKED_AT}`;
  const sums = sql`count(*) AS "calls", max("startedAt") AS "lastAt", sum("read") AS "read", sum("inputTokens" + "written") AS "uncached"`;
  const [threads, keys] = await Promise.all([
    queryRows(
      sql`SELECT "threadIdentifier" AS "id", "threadIdentifier" AS "name", ${sums} FROM (${recent}) AS log
          WHERE "threadIdentifier" IS NOT NULL GROUP BY 1 HAVING count(*) > 1 ORDER BY "uncached" DESC LIMIT ${LISTED}`,
      suspectRow,
    ),
    queryRows(
      sql`SELECT log."apiKeyId" AS "id", coalesce(min(key."name"), 'Deleted key') AS "name", ${sums} FROM (${recent}) AS log
          LEFT JOIN "ApiKey" AS key ON key."organizationId" = ${ctx.organizationId}::uuid AND key."id" = log."apiKeyId"
          WHERE log."apiKeyId" IS NOT NULL GROUP BY 1 HAVING count(*) > 1 ORDER BY "uncached" DESC LIMIT ${LISTED}`,
      suspectRow,
    ),
  ]);
  return { threads: threads.map(suspectOf('thread')), keys: keys.map(suspectOf('key')) };
}

function suspectOf(kind: Suspect['kind']) {
  return ({ id, name, calls, lastAt, read, uncached }: z.infer<typeof suspectRow>): Suspect => ({
    ...{ kind, id, name, calls, lastAt: lastAt.getTime() },
    hitRate: read + uncached > 0 ? read / (read + uncached) : null,
    uncachedTokens: uncached,
  });
}

const callRow = z.object({
  id: z.guid(),
  startedAt: z.date(),
  latencyMs: z.number().nullable(),
  ttftMs: z.number().nullable(),
  model: z.string().nullable(),
  credentialId: z.string().nullable(),
  threadIdentifier: z.string().nullable(),
  promptPreview: z.string().nullable(),
  inputTokens: count,
  cacheReadTokens: count,
  cacheWrite5mTokens: count,
  cacheWrite1hTokens: count,
  pricing: pricingSchema.nullable().catch(null),
});
type CallRow = z.infer<typeof callRow>;

/** The newest calls of a thread or key, newest first, each with why it read what it read from the cache. */
export async function examine(ctx: Context, filters: DoctorFilters): Promise<Examination> {
  const of = filters.thread
    ? sql`"threadIdentifier" = ${filters.thread}`
    : filters.key && sql`"apiKeyId" = ${filters.key}::uuid`;
  if (!of) return { calls: [], isCut: false };
  const rows = await callsWhere(ctx, of);
  const calls = await withPrefixes(ctx, rows.slice(0, EXAMINED).toReversed());
  const examined = calls.map((call, index) => examinedOf(call, calls.slice(0, index)));
  return { calls: examined.toReversed(), isCut: rows.length > EXAMINED };
}

function callsWhere(ctx: Context, of: Sql): Promise<CallRow[]> {
  return queryRows(
    sql`SELECT "id", "startedAt", "latencyMs", "ttftMs", "model", "credentialId", "threadIdentifier", "promptPreview", "inputTokens",
          coalesce("cacheReadTokens", 0) AS "cacheReadTokens", coalesce("cacheWrite5mTokens", 0) AS "cacheWrite5mTokens",
          coalesce("cacheWrite1hTokens", 0) AS "cacheWrite1hTokens", "pricing"
        FROM "RequestLog" WHERE "organizationId" = ${ctx.organizationId}::uuid AND ${of}
          AND "provider" = 'anthropic' AND "inputTokens" IS NOT NULL ORDER BY "id" DESC LIMIT ${EXAMINED + 1}`,
    callRow,
  );
}

interface Loaded extends Call {
  readonly row: CallRow;
}

/** Oldest first. Once so much is held, further requests are judged without their text. */
async function withPrefixes(ctx: Context, rows: readonly CallRow[]): Promise<Loaded[]> {
  const calls: Loaded[] = [];
  let held = 0;
  for (const row of rows) {
    const request = held < HELD_BYTES ? ((await getPayload(ctx, row.id))?.request ?? null) : null;
    held += request?.length ?? 0;
    calls.push({
      row,
      id: row.id,
      startedAt: row.startedAt.getTime(),
      readableAfterMs: row.ttftMs ?? row.latencyMs ?? 0,
      model: row.model,
      credentialId: row.credentialId,
      prefix: prefixOf(request),
      tokens: {
        uncached: row.inputTokens,
        read: row.cacheReadTokens,
        written5m: row.cacheWrite5mTokens,
        written1h: row.cacheWrite1hTokens,
      },
      rates: ratesOf(row),
    });
  }
  return calls;
}

function ratesOf({ pricing, model }: CallRow): Call['rates'] {
  const rates: { -readonly [K in keyof Call['rates']]: Call['rates'][K] } = {};
  for (const part of pricing?.parts ?? []) {
    if (
      part.class === 'input' ||
      part.class === 'cache_read' ||
      part.class === 'cache_write_5m' ||
      part.class === 'cache_write_1h'
    )
      if (part.model === model || rates[part.class] === undefined) rates[part.class] = BigInt(part.nanoUsdPerMillion);
  }
  return rates;
}

function examinedOf(call: Loaded, earlier: readonly Loaded[]): ExaminedCall {
  const { id, startedAt, model, tokens, row } = call;
  return {
    ...{ id, startedAt, model, threadIdentifier: row.threadIdentifier, promptPreview: row.promptPreview },
    uncachedTokens: tokens.uncached,
    readTokens: tokens.read,
    writtenTokens: tokens.written5m + tokens.written1h,
    diagnosis: diagnose(
      predecessorOf(
        call,
        row.threadIdentifier,
        earlier.map((one) => ({ ...one, thread: one.row.threadIdentifier })),
      ),
      call,
    ),
  };
}
