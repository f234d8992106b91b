import { redirect } from 'next/navigation';
import { pageContext } from '@/lib/auth/guards';
import { getWorkspace } from '@/lib/organizations/queries';

export default async function HomePage() {
  const { organization } = await getWorkspace(await pageContext());
  redirect(organization.onboarded ? '/dashboard' : '/welcome');
}
