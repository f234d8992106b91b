import { db } from '@/lib/db/client';
import type { IntegrationKeyModel } from '@/lib/db/generated/models';
import { unseal } from '@/lib/db/seal';
import type { Credential } from '@/lib/gateway/ports';
import { simulatorUrl } from './simulator';

/**
 * An organization's credentials for a provider, unsealed and ready for upstream calls. This file is the only one that unseals.
 * Takes no context: the composition root asks, for a caller whose API key it has checked.
 * The simulator's credential counts only while there is no other, so that a real call is never answered by it.
 * @param report told of each key that can't be opened; the others still serve
 * @param learn told of each key whether its calls were failing when that was last noted
 * @throws AppError internal when there are keys and none can be opened
 */
export async function loadCredentials(
  organizationId: string,
  provider: string,
  report: (message: string, error: unknown) => void,
  learn: (integrationKeyId: string, failing: boolean) => void = () => {},
): Promise<Credential[]> {
  const rows = await db().integrationKey.findMany({
    where: { organizationId, provider },
    omit: { secretSealed: false },
    orderBy: { id: 'asc' },
  });
  for (const { id, health } of rows) learn(id, health === 'failing');
  const real = rows.filter((row) => !row.simulated);
  const usable = real.length > 0 ? real : rows.filter(() => simulatorUrl() !== null);
  const failures: unknown[] = [];
  const credentials = usable.flatMap((row) => {
    try {
      return [credential(row)];
    } catch (error) {
      failures.push(error);
      report(`The ${provider} key ${row.id} can not be opened and is left out.`, error);
      return [];
    }
  });
  if (credentials.length === 0 && failures.length > 0) throw failures[0];
  return credentials;
}

/** One stored secret, to be sent to its provider and nowhere else. */
export function openSecret(row: Pick<IntegrationKeyModel, 'organizationId' | 'id' | 'secretSealed'>): string {
  return unseal(row.secretSealed, { organizationId: row.organizationId, rowId: row.id });
}

function credential(row: IntegrationKeyModel): Credential {
  return {
    source: 'integration',
    provider: row.provider,
    id: row.id,
    secret: openSecret(row),
    lastFour: row.lastFour,
    baseUrl: row.simulated ? simulatorUrl() : null,
    simulated: row.simulated,
    weight: row.weight,
    availableModels: row.availableModels,
    excludeModels: row.excludeModels,
  };
}
