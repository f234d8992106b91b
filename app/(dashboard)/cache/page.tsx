import type { Metadata } from 'next';
import { z } from 'zod';
import { ExaminationPage, SuspectsPage } from '@/components/cache-doctor/cache-page';
import { pageContext } from '@/lib/auth/guards';
import { examine, findSuspects } from '@/lib/cache-doctor/queries';
import { doctorFilters } from '@/lib/cache-doctor/schema';

export const metadata: Metadata = { title: 'Cache doctor' };

const environmentSchema = z.enum(['production', 'test']).optional().catch(undefined);

interface CachePageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function CachePage({ searchParams }: CachePageProps) {
  const ctx = await pageContext();
  const given = await searchParams;
  const filters = doctorFilters.parse(given);
  if (filters.thread || filters.key)
    return <ExaminationPage filters={filters} examination={await examine(ctx, filters)} />;
  const environment = environmentSchema.parse(given.environment);
  return <SuspectsPage suspects={await findSuspects(ctx, environment)} environment={environment} />;
}
