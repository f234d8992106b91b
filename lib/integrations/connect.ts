import { randomBytes } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { type Context, requireEditor } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { lockOrganization } from '@/lib/db/lock';
import { notifyConfig } from '@/lib/db/notify';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { integrationKeyView } from './queries';
import { anthropicSecretSchema, type ConnectKeyInput, type IntegrationKeyView } from './schema';
import { seal } from './seal';
import { simulatorUrl } from './simulator';
import { verifyAnthropicKey } from './verify';

/**
 * Checks a provider's key by a real call and, only if the provider accepts it, stores it sealed.
 * @throws AppError forbidden, invalid_input, provider_refused, unavailable
 */
export async function connectKey(ctx: Context, input: ConnectKeyInput): Promise<IntegrationKeyView> {
  requireEditor(ctx, 'connect providers');
  const secret = plausibleSecret(input.secret);
  await verifyAnthropicKey(env().ANTHROPIC_BASE_URL, secret);
  return store(ctx, { provider: input.provider, name: input.name ?? 'Anthropic key', secret, simulated: false });
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
  return store(ctx, { provider: 'anthropic', name: 'Simulator', secret, simulated: true });
}

/** @throws AppError invalid_input when it can't be a provider's key, with the words for the form */
export function plausibleSecret(pasted: string): string {
  const parsed = anthropicSecretSchema.safeParse(pasted);
  if (parsed.success) return parsed.data;
  const message = parsed.error.issues[0]?.message ?? 'This is not an Anthropic key.';
  throw new AppError('invalid_input', message, { fields: { secret: message } });
}

async function store(
  ctx: Context,
  given: Pick<Prisma.IntegrationKeyUncheckedCreateInput, 'provider' | 'name' | 'simulated'> & { secret: string },
): Promise<IntegrationKeyView> {
  const { secret, ...rest } = given;
  const { organizationId, userId: createdById } = ctx;
  const id = uuidv7();
  const data = {
    ...rest,
    organizationId,
    id,
    createdById,
    secretSealed: seal(secret, { organizationId, integrationKeyId: id }),
    lastFour: secret.slice(-4),
    verifiedAt: new Date(),
  };
  const row = await db().$transaction(async (tx) => {
    if (rest.simulated) {
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
