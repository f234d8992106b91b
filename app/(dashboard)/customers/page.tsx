import type { Metadata } from 'next';
import { CustomersPage } from '@/components/customers/customers-page';
import { pageContext } from '@/lib/auth/guards';
import { listCustomers } from '@/lib/customers/queries';
import { customerFilters } from '@/lib/customers/schema';

export const metadata: Metadata = { title: 'Customers' };

interface PageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function Page({ searchParams }: PageProps) {
  const ctx = await pageContext();
  const filters = customerFilters.parse(await searchParams);
  return <CustomersPage filters={filters} data={await listCustomers(ctx, filters)} />;
}
