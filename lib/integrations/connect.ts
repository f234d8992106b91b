import { randomBytes } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { type Context, requireEditor } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { lockOrganization } from '@/lib/db/lock';
import { notifyConfig } from '@/lib/db/notify';
import { seal } from '@/lib/db/seal';
import { AppError } from '@/lib/errors';
import { findConnectable } from './custom-providers';
import { integrationKeyView } from './queries';
import type { ConnectKeyInput, IntegrationKeyView } from './schema';
import { plausibleSecret } from './secret';
import { SIMULATED_PROVIDER, simulatorUrl } from './simulator';
import { verifyKey } from './verify';

/**
 * Checks a provider's key by a real call and, only if the provider accepts it, stores it sealed.
 * @throws AppError forbidden, not_found, invalid_input, provider_refused, unavailable
 */
export async function connectKey(ctx: Context, input: ConnectKeyInput): Promise<IntegrationKeyView> {
  requireEditor(ctx, 'connect providers');
  const { provider, baseUrl } = await findConnectable(ctx, input.provider);
  const secret = plausibleSecret(provider, input.secret);
  await verifyKey(provider, baseUrl, secret);
  return store(ctx, { provider: provider.id, name: input.name ?? `${provider.name} key`, secret });
}

/**
 * Connects the built-in simulator, with a credential made for it. Connecting it twice changes nothing.
 * @throws AppError forbidden, invalid_input where this installation runs none
 */
export async function connectSimulator(ctx: Context): Promise<IntegrationKeyView> {
  requireEditor(ctx, 'connect the simulator');
  if (!simulatorUrl()) {
    throw new AppError('invalid_input', 'This installation runs no simulator. Start it with SIMULATOR=on to have one.');
  }
  const secret = `sk-ant-simulated-${randomBytes(24).toString('base64url')}`;
  return store(ctx, { provider: SIMULATED_PROVIDER, name: 'Simulator', secret, simulated: true });
}

interface NewKey {
  readonly provider: string;
  readonly name: string;
  readonly secret: string;
  readonly simulated?: boolean;
}

/** A key's row, the secret sealed. The provider has accepted it just now. */
export function sealedKey(ctx: Context, { secret, ...rest }: NewKey): Prisma.IntegrationKeyUncheckedCreateInput {
  const { organizationId, userId: createdById } = ctx;
  const id = uuidv7();
  return {
    ...rest,
    organizationId,
    id,
    createdById,
    secretSealed: seal(secret, { organizationId, rowId: id }),
    lastFour: secret.slice(-4),
    verifiedAt: new Date(),
  };
}

async function store(ctx: Context, given: NewKey): Promise<IntegrationKeyView> {
  const { organizationId } = ctx;
  const data = sealedKey(ctx, given);
  const row = await db().$transaction(async (tx) => {
    if (given.simulated) {
      await lockOrganization(tx, organizationId);
      const existing = await tx.integrationKey.findFirst({ where: { organizationId, simulated: true } });
      if (existing) return existing;
    }
    const created = await tx.integrationKey.create({ data });
    await notifyConfig(tx, `integrations:${organizationId}`);
    return created;
  });
  return integrationKeyView(row);
}
