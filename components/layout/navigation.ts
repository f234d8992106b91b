import {
  BellRing,
  BookOpen,
  Coins,
  FlaskConical,
  KeyRound,
  LayoutDashboard,
  type LucideIcon,
  Plug,
  Rocket,
  Scale,
  ScrollText,
  Stethoscope,
  Users,
  Webhook,
} from 'lucide-react';

export interface NavigationItem {
  href: string;
  label: string;
  icon: LucideIcon;
}

/** The pages of the shell in groups, in the order of use. A page is listed here once it exists. */
export function navigationGroups(onboarded: boolean): readonly (readonly NavigationItem[])[] {
  const welcome = { href: '/welcome', label: 'Welcome', icon: Rocket };
  return [
    [
      ...(onboarded ? [] : [welcome]),
      { href: '/dashboard', label: 'Dashboard', icon: LayoutDashboard },
      { href: '/logs', label: 'Logs', icon: ScrollText },
      { href: '/customers', label: 'Customers', icon: Users },
      { href: '/alerts', label: 'Alerts', icon: BellRing },
      { href: '/playground', label: 'Playground', icon: FlaskConical },
      { href: '/cache', label: 'Cache doctor', icon: Stethoscope },
    ],
    [
      { href: '/settings/api-keys', label: 'API keys', icon: KeyRound },
      { href: '/settings/integrations', label: 'Integrations', icon: Plug },
      { href: '/settings/load-balancing', label: 'Load balancing', icon: Scale },
      { href: '/settings/credits', label: 'Credits', icon: Coins },
      { href: '/settings/webhooks', label: 'Webhooks', icon: Webhook },
    ],
    [{ href: '/docs', label: 'Docs', icon: BookOpen }],
  ];
}

export function isCurrent(item: NavigationItem, pathname: string): boolean {
  return pathname === item.href || pathname.startsWith(`${item.href}/`);
}

const CARRIED = ['environment', 'range'] as const;

/** The address of a page with the environment and range of the page one comes from. */
export function withCarried(href: string, search: Pick<URLSearchParams, 'get'>): string {
  const carried = new URLSearchParams();
  for (const name of CARRIED) {
    const value = search.get(name);
    if (value) carried.set(name, value);
  }
  const query = carried.toString();
  return query ? `${href}?${query}` : href;
}
