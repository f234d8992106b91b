import type { Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import type { CustomProviderModel } from '@/lib/db/generated/models';
import { AppError } from '@/lib/errors';
import type { CustomProvider } from '@/lib/gateway/ports';
import { PROVIDERS, providerById, providerOf } from '@/lib/gateway/providers';
import type { Provider } from '@/lib/gateway/providers/provider';
import { priceListAt } from '@/lib/pricing/queries';
import { installedBaseUrl } from './installation';
import type { CustomProviderView } from './schema';

/**
 * The providers an organization added itself, as the gateway calls them.
 * Takes no context: the composition root asks, for a caller whose API key it has checked.
 */
export async function loadCustomProviders(organizationId: string): Promise<CustomProvider[]> {
  const rows = await db().customProvider.findMany({ where: { organizationId }, orderBy: { id: 'asc' } });
  return rows.map(portRow);
}

/** A provider that keys can be connected to, and where it is reached. */
export interface Connectable {
  readonly provider: Provider;
  readonly baseUrl: string;
}

/**
 * A provider of the registry, or one the organization added.
 * @throws AppError not_found
 */
export async function findConnectable(ctx: Context, id: string): Promise<Connectable> {
  const known = providerById(id);
  if (known) return { provider: known, baseUrl: installedBaseUrl(id) };
  const where = { organizationId_slug: { organizationId: ctx.organizationId, slug: id } };
  const row = await db().customProvider.findUnique({ where });
  if (!row) throw new AppError('not_found', 'This provider does not exist.');
  return { provider: providerOf(portRow(row)), baseUrl: row.baseUrl };
}

/** A provider that is not stored yet, to be asked about its key. */
export function candidate(values: Pick<CustomProviderModel, 'slug' | 'name' | 'baseUrl' | 'models'>): Provider {
  return providerOf(portRow(values));
}

export function customProviderView({ id, slug, name, baseUrl, models }: CustomProviderModel): CustomProviderView {
  return { id, slug, name, baseUrl, models };
}

/**
 * The id that callers write before the slash, made from the name.
 * @throws AppError conflict for one that means something else already
 */
export function slugOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  // Names that every object has are never looked up in one.
  if (slug in {} || slug === 'respan' || PROVIDERS.some(({ id }) => id === slug)) throw nameTaken(slug);
  return slug;
}

export function nameTaken(slug: string): AppError {
  const message = `The id ${slug} is taken. Give the provider another name.`;
  return new AppError('conflict', message, { fields: { name: message } });
}

function portRow(row: Pick<CustomProviderModel, 'slug' | 'name' | 'baseUrl' | 'models'>): CustomProvider {
  const { slug, name, baseUrl, models } = row;
  return { slug, name, baseUrl, models, pricedAs: priceListAt(baseUrl) };
}
