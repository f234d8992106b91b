import { brandContext } from '@/lib/auth/context';
import { db, disconnect } from '@/lib/db/client';
import { connectKey } from '@/lib/integrations/connect';

/**
 * Connects a provider key as the Integrations page does: checked by a real call, stored sealed, the running server told.
 * Needs the server's own DATABASE_URL, ENCRYPTION_KEY and ANTHROPIC_BASE_URL in the environment.
 * @param apiKey of the organization that gets it
 */
export async function connectProvider(apiKey: string): Promise<void> {
  try {
    const { organizationId } = await db().apiKey.findUniqueOrThrow({ where: { prefix: apiKey.slice(0, 8) } });
    const { userId } = await db().membership.findFirstOrThrow({ where: { organizationId } });
    const ctx = brandContext({ organizationId, userId, role: 'owner' });
    await connectKey(ctx, { provider: 'anthropic', secret: 'sk-ant-api03-benchmark-0123456789abcdef' });
  } finally {
    await disconnect();
  }
}
