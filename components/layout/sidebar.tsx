import type { ReactNode } from 'react';
import { Tooltip } from '@/components/ui/tooltip';
import { AccountMenu } from './account-menu';
import { BrandMark } from './brand';
import { NavLinks } from './nav-links';

export interface SidebarProps {
  organizationName: string;
  onboarded: boolean;
  firingAlerts: number;
  user: { name: string; email: string };
  signOut: () => Promise<void>;
  onNavigate?: () => void;
  /** The button beside the name that collapses it, where it can be. */
  toggle?: ReactNode;
}

/** What is beside every page: whose it is, where one can go, who is signed in. */
export function Sidebar({
  organizationName,
  onboarded,
  firingAlerts,
  user,
  signOut,
  onNavigate,
  toggle,
}: SidebarProps) {
  return (
    <div className="flex h-full flex-col">
      <div className="flex h-14 shrink-0 items-center gap-2.5 px-3.5 group-data-[collapsed=true]/shell:md:justify-center group-data-[collapsed=true]/shell:md:px-0">
        <BrandMark className="size-7" />
        <div className="min-w-0 flex-1 leading-4 group-data-[collapsed=true]/shell:md:sr-only">
          <div className="font-medium text-sm leading-4">Respan</div>
          <Tooltip content={organizationName.length > 20 ? organizationName : null} side="right">
            <div className="truncate text-muted-foreground text-xs">{organizationName}</div>
          </Tooltip>
        </div>
        <span className="group-data-[collapsed=true]/shell:md:hidden">{toggle}</span>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto pt-2">
        <NavLinks onboarded={onboarded} firingAlerts={firingAlerts} onNavigate={onNavigate} />
      </div>
      <div className="shrink-0 border-t p-2">
        <AccountMenu user={user} signOut={signOut} />
      </div>
    </div>
  );
}
