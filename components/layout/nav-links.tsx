'use client';

import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import { cn } from '@/components/ui/cn';
import { isCurrent, type NavigationItem, navigationGroups, withCarried } from './navigation';

interface NavLinksProps {
  onboarded: boolean;
  /** How many alerts are firing. */
  firingAlerts: number;
  onNavigate?: () => void;
}

/** The links of the sidebar. Where it is collapsed, the words stay for screen readers and as a title. */
export function NavLinks({ onboarded, firingAlerts, onNavigate }: NavLinksProps) {
  const pathname = usePathname();
  const search = useSearchParams();
  return (
    <nav aria-label="Main" className="flex flex-col gap-4 px-2">
      {navigationGroups(onboarded).map((group) => (
        <ul key={group[0]?.href} className="flex flex-col gap-0.5">
          {group.map((item) => (
            <li key={item.href}>
              <NavLink
                item={item}
                href={withCarried(item.href, search)}
                current={isCurrent(item, pathname)}
                onNavigate={onNavigate}
                firing={item.href === '/alerts' ? firingAlerts : 0}
              />
            </li>
          ))}
        </ul>
      ))}
    </nav>
  );
}

function NavLink(props: {
  item: NavigationItem;
  href: string;
  current: boolean;
  onNavigate?: () => void;
  firing: number;
}) {
  const { item, href, current, onNavigate, firing } = props;
  return (
    <Link
      href={href}
      onClick={onNavigate}
      aria-current={current ? 'page' : undefined}
      title={item.label}
      className={cn(
        'flex h-8 items-center gap-2.5 rounded-md px-2.5 font-medium text-sm transition-colors focus-visible:outline-offset-0',
        'max-md:h-10 group-data-[collapsed=true]/shell:md:justify-center group-data-[collapsed=true]/shell:md:px-0',
        current ? 'bg-nav-current text-foreground' : 'text-muted-foreground hover:bg-hover hover:text-foreground',
      )}
    >
      <item.icon className={cn('size-4 shrink-0', current && 'text-accent')} aria-hidden />
      <span className="truncate group-data-[collapsed=true]/shell:md:sr-only">{item.label}</span>
      {firing > 0 && (
        <span className="ml-auto rounded-sm border border-danger-border bg-danger-surface px-1.5 text-2xs text-danger tabular-nums group-data-[collapsed=true]/shell:md:sr-only">
          {firing}
          <span className="sr-only"> firing</span>
        </span>
      )}
    </Link>
  );
}
