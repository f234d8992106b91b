import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { viewerTimeZone } from '@/app/viewer-time-zone';
import { CustomerPage } from '@/components/customers/customer-page';
import { pageContext } from '@/lib/auth/guards';
import { getCustomer } from '@/lib/customers/queries';
import { customerFilters } from '@/lib/customers/schema';
import { AppError } from '@/lib/errors';
import { listLogs } from '@/lib/logs/queries';
import { logFilters } from '@/lib/logs/schema';

export const metadata: Metadata = { title: 'Customer' };

/** The log page has the rest. */
const LOGS = 15;

interface PageProps {
  params: Promise<{ customer: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function Page({ params, searchParams }: PageProps) {
  const ctx = await pageContext();
  const customer = decodeURIComponent((await params).customer);
  const filters = customerFilters.parse(await searchParams);
  const [detail, drawnFor] = await Promise.all([
    getCustomer(ctx, customer, filters).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'not_found') notFound();
      throw error;
    }),
    viewerTimeZone(),
  ]);
  const range = filters.range === '90d' ? 'all' : filters.range;
  const condition = [{ field: 'customer_identifier', value: [customer] }];
  const asked = logFilters.parse({ environment: detail.environment, range, filters: condition });
  const { rows } = await listLogs(ctx, asked);
  return <CustomerPage filters={filters} detail={detail} logs={rows.slice(0, LOGS)} drawnFor={drawnFor} />;
}
