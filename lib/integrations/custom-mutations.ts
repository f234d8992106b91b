import { uuidv7 } from 'uuidv7';
import { type Context, requireEditor } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { notifyConfig } from '@/lib/db/notify';
import { AppError } from '@/lib/errors';
import { checkedBaseUrl } from './base-url';
import { sealedKey } from './connect';
import { candidate, customProviderView, nameTaken, slugOf } from './custom-providers';
import type { CustomProviderValues, SavedCustomProvider } from './schema';
import { plausibleSecret } from './secret';
import { verifyKey } from './verify';

/**
 * Adds an OpenAI-compatible provider with its first key, once it has accepted the key.
 * @throws AppError forbidden, invalid_input, conflict, provider_refused, unavailable
 */
export async function addCustomProvider(ctx: Context, values: CustomProviderValues): Promise<SavedCustomProvider> {
  requireEditor(ctx, 'add providers');
  const { organizationId } = ctx;
  const { name, models } = values;
  const slug = slugOf(name);
  const baseUrl = await checkedBaseUrl(values.baseUrl);
  const { secret, warning } = await checkedSecret({ slug, name, baseUrl, models }, values.secret ?? '');
  return saving(ctx, slug, async (tx) => {
    const data = { organizationId, id: uuidv7(), slug, name, baseUrl, models };
    const row = await tx.customProvider.create({ data });
    await tx.integrationKey.create({ data: sealedKey(ctx, { provider: slug, name: `${name} key`, secret }) });
    return { provider: customProviderView(row), warning };
  });
}

/**
 * Changes a provider. Its id stays, because callers write it. A stored key never goes to an address that it was not given
 * for: another address needs the key again, and forgets the old ones.
 * @throws AppError forbidden, not_found, invalid_input, provider_refused, unavailable
 */
export async function editCustomProvider(
  ctx: Context,
  id: string,
  values: CustomProviderValues,
): Promise<SavedCustomProvider> {
  requireEditor(ctx, 'change providers');
  const { organizationId } = ctx;
  const before = await db().customProvider.findFirst({ where: { organizationId, id } });
  if (!before) throw notFound();
  const { slug } = before;
  const { name, models } = values;
  const baseUrl = await checkedBaseUrl(values.baseUrl);
  const moved = baseUrl !== before.baseUrl;
  const pasted = values.secret?.trim() ?? '';
  if (moved && pasted === '') {
    const message = 'The address changed, so paste the key again: a stored key is never sent to a new address.';
    throw new AppError('invalid_input', message, { fields: { secret: message } });
  }
  const checked = pasted === '' ? null : await checkedSecret({ slug, name, baseUrl, models }, pasted);
  return saving(ctx, slug, async (tx) => {
    // Of two people who change it at once the later one is told, where it matters to whom a key is sent.
    const where = { organizationId, id, baseUrl: before.baseUrl };
    const { count } = await tx.customProvider.updateMany({ where, data: { name, baseUrl, models } });
    if (count === 0) throw notFound();
    if (checked) {
      await tx.integrationKey.deleteMany({ where: { organizationId, provider: slug } });
      const key = sealedKey(ctx, { provider: slug, name: `${name} key`, secret: checked.secret });
      await tx.integrationKey.create({ data: key });
    }
    const provider = customProviderView({ ...before, name, baseUrl, models });
    return { provider, warning: checked?.warning ?? null };
  });
}

/** Forgets a provider and its keys. */
export async function removeCustomProvider(ctx: Context, id: string): Promise<void> {
  requireEditor(ctx, 'remove providers');
  const { organizationId } = ctx;
  const row = await db().customProvider.findFirst({ where: { organizationId, id } });
  if (!row) throw notFound();
  await saving(ctx, row.slug, async (tx) => {
    await tx.customProvider.deleteMany({ where: { organizationId, id } });
    await tx.integrationKey.deleteMany({ where: { organizationId, provider: row.slug } });
  });
}

async function checkedSecret(row: Parameters<typeof candidate>[0], pasted: string) {
  const provider = candidate(row);
  const secret = plausibleSecret(provider, pasted);
  return { secret, warning: await verifyKey(provider, row.baseUrl, secret) };
}

/** Saves in one transaction, and tells every gateway. */
async function saving<T>(ctx: Context, slug: string, save: (tx: Prisma.TransactionClient) => Promise<T>): Promise<T> {
  try {
    return await db().$transaction(async (tx) => {
      const saved = await save(tx);
      await notifyConfig(tx, `integrations:${ctx.organizationId}`);
      return saved;
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'P2002') throw nameTaken(slug);
    throw error;
  }
}

function notFound(): AppError {
  return new AppError('not_found', 'This provider does not exist.');
}
