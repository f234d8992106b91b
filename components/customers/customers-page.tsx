'use client';

import { Users } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Card, CardFooter } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import { EmptyState } from '@/components/ui/empty-state';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { withSearch } from '@/components/ui/use-search';
import { CUSTOMERS_A_PAGE, type CustomerFilters, type CustomerPage } from '@/lib/customers/schema';
import { formatCount, formatPlural } from '@/lib/format';
import { CustomerFiguresStrip } from './customer-figures';
import { CustomerSearch, CustomersFilter } from './customers-filter';
import { CustomersTable } from './customers-table';

interface CustomersPageProps {
  filters: CustomerFilters;
  data: CustomerPage;
}

export function CustomersPage({ filters, data: { rows, count, figures, environment } }: CustomersPageProps) {
  const address = (patch: Record<string, string | number | null>) =>
    `/customers${withSearch({ ...kept(filters) }, patch)}`;
  const { range, sort, q } = filters;
  const isEmpty = figures.customers === 0 && rows.length === 0 && !q;
  return (
    <>
      <PageHeader title="Customers" actions={<CustomersFilter filters={filters} environment={environment} />} />
      <PageBody>
        <CustomerFiguresStrip figures={figures} />
        <Card>
          {isEmpty ? (
            <EmptyState icon={Users} title="Your customers will be listed here">
              <p>Say with each request whose it is, and see what each of them uses and costs.</p>
              <CodeBlock code={'"customer_identifier": "customer-42"'} className="mt-4 text-left" />
            </EmptyState>
          ) : (
            <>
              <div className="border-b px-4 py-3">
                <CustomerSearch filters={filters} />
              </div>
              {rows.length === 0 ? (
                <p className="px-4 py-10 text-center text-muted-foreground text-sm">
                  {q ? `No customer matches “${q}” in this range.` : 'No customer was active in this range.'}
                </p>
              ) : (
                <CustomersTable
                  rows={rows}
                  sort={sort}
                  sortHref={(by) => address({ sort: by, page: null })}
                  customerHref={(customer) =>
                    `/customers/${encodeURIComponent(customer)}${withSearch({}, { range, environment })}`
                  }
                />
              )}
              <Pages filters={filters} count={count} shown={rows.length} address={address} />
            </>
          )}
        </Card>
      </PageBody>
    </>
  );
}

interface PagesProps {
  filters: CustomerFilters;
  count: number;
  shown: number;
  address: (patch: Record<string, number>) => string;
}

function Pages({ filters: { page }, count, shown, address }: PagesProps) {
  const first = (page - 1) * CUSTOMERS_A_PAGE + 1;
  return (
    <CardFooter className="flex min-h-12 items-center justify-between gap-4">
      <span>
        {shown === 0
          ? 'Days are counted in UTC.'
          : `${formatCount(first)}–${formatCount(first + shown - 1)} of ${formatPlural(count, 'customer')}. Days are counted in UTC.`}
      </span>
      {(page > 1 || first + shown <= count) && (
        <span className="flex gap-2">
          <PageLink href={page > 1 ? address({ page: page - 1 }) : null}>Previous</PageLink>
          <PageLink href={shown > 0 && first + shown <= count ? address({ page: page + 1 }) : null}>Next</PageLink>
        </span>
      )}
    </CardFooter>
  );
}

function PageLink({ href, children }: { href: string | null; children: string }) {
  if (href === null)
    return (
      <Button size="sm" disabled>
        {children}
      </Button>
    );
  return (
    <Button size="sm" asChild>
      <Link href={href}>{children}</Link>
    </Button>
  );
}

function kept({ range, environment, q, sort, page }: CustomerFilters): Record<string, string> {
  return { range, sort, page: String(page), ...(environment ? { environment } : {}), ...(q ? { q } : {}) };
}
