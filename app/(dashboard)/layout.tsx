import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { signOut } from '@/app/(auth)/actions';
import { AppShell } from '@/components/layout/app-shell';
import { SIDEBAR_COOKIE } from '@/components/layout/sidebar-cookie';
import { countFiring } from '@/lib/alerts/queries';
import { pageContext } from '@/lib/auth/guards';
import { getWorkspace } from '@/lib/organizations/queries';

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const ctx = await pageContext();
  const [{ organization, user }, firingAlerts] = await Promise.all([getWorkspace(ctx), countFiring(ctx)]);
  const collapsed = (await cookies()).get(SIDEBAR_COOKIE)?.value === 'collapsed';
  return (
    <AppShell
      organizationName={organization.name}
      onboarded={organization.onboarded}
      firingAlerts={firingAlerts}
      user={{ name: user.name, email: user.email }}
      signOut={signOut}
      initiallyCollapsed={collapsed}
    >
      {children}
    </AppShell>
  );
}
