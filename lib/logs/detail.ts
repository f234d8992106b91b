import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { queryRows, sql } from '@/lib/db/sql';
import { AppError } from '@/lib/errors';
import { getPayload } from './payloads';
import { rowColumns, storedTime } from './queries';
import { type LogDetail, logDetail, pricingSchema } from './schema';

const tokenCount = z.number().int().nullable();

const row = logDetail.omit({ tokens: true, key: true, credential: true, payload: true }).extend({
  startedAt: storedTime,
  pricing: pricingSchema.nullable().catch(null),
  metadata: z.record(z.string(), z.unknown()).nullable().catch(null),
  inputTokens: tokenCount,
  cacheReadTokens: tokenCount,
  cacheWrite5mTokens: tokenCount,
  cacheWrite1hTokens: tokenCount,
  reasoningTokens: tokenCount,
  webSearches: tokenCount,
  keyId: z.guid().nullable(),
  keyName: z.string().nullable(),
  keyPrefix: z.string().nullable(),
  credentialSource: z.string().nullable(),
  credentialHint: z.string().nullable(),
  credentialName: z.string().nullable(),
});

/**
 * One log with everything its page shows.
 * @throws AppError not_found where there is none, or it belongs to another organization
 */
export async function getLog(ctx: Context, id: string): Promise<LogDetail> {
  if (!z.guid().safeParse(id).success) throw notFound();
  const [[found], payload] = await Promise.all([
    queryRows(
      sql`SELECT ${rowColumns}, log."logType", log."requestedModel", log."pricing", log."untouched", log."alterations",
            log."warnings", log."customIdentifier", log."metadata", log."inputTokens", log."cacheWrite5mTokens",
            log."cacheWrite1hTokens", log."reasoningTokens", log."webSearches", log."credentialSource",
            log."credentialHint", key."name" AS "keyName", key."prefix" AS "keyPrefix", credential."name" AS "credentialName"
          FROM "RequestLog" AS log
          LEFT JOIN "ApiKey" AS key
            ON key."organizationId" = ${ctx.organizationId}::uuid AND key."id" = log."apiKeyId"
          LEFT JOIN "IntegrationKey" AS credential
            ON credential."organizationId" = ${ctx.organizationId}::uuid AND credential."id" = log."credentialId"
          WHERE log."organizationId" = ${ctx.organizationId}::uuid AND log."id" = ${id}::uuid`,
      row,
    ),
    getPayload(ctx, id),
  ]);
  if (!found) throw notFound();
  return detail(found, payload);
}

function detail(found: z.infer<typeof row>, payload: LogDetail['payload']): LogDetail {
  const { keyId, keyName, keyPrefix, credentialSource, credentialName, credentialHint, ...rest } = found;
  return {
    ...rest,
    tokens: {
      input: found.inputTokens,
      output: found.outputTokens,
      cacheRead: found.cacheReadTokens,
      cacheWrite5m: found.cacheWrite5mTokens,
      cacheWrite1h: found.cacheWrite1hTokens,
      reasoning: found.reasoningTokens,
      webSearches: found.webSearches,
    },
    key: keyId ? { id: keyId, name: keyName ?? 'Deleted key', prefix: keyPrefix } : null,
    credential: credentialSource ? { source: credentialSource, name: credentialName, lastFour: credentialHint } : null,
    payload,
  };
}

function notFound(): AppError {
  return new AppError(
    'not_found',
    'There is no such log. It may be past its retention, or belong to another organization.',
  );
}
