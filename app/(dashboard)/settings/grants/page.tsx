import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { GrantPage } from '@/components/credits/grant-page';
import { pageContext } from '@/lib/auth/guards';
import { isInstallationOwner } from '@/lib/credits/owner';
import { grantAction } from './actions';

export const metadata: Metadata = { title: 'Grant credits' };

/** For the first account of the installation; for everybody else there is no such page. */
export default async function Page() {
  if (!(await isInstallationOwner(await pageContext()))) notFound();
  return <GrantPage grant={grantAction} />;
}
