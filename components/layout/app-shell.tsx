'use client';

import { Menu, PanelLeft } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Sheet, SheetContent, SheetTrigger } from '@/components/ui/sheet';
import { Brand } from './brand';
import { Sidebar, type SidebarProps } from './sidebar';
import { SIDEBAR_COOKIE } from './sidebar-cookie';
import { SkipLink } from './skip-link';

interface AppShellProps extends Omit<SidebarProps, 'onNavigate' | 'toggle'> {
  /** As this browser left it, from the cookie, so that nothing moves after the first paint. */
  initiallyCollapsed: boolean;
  children: ReactNode;
}

/** The sidebar beside the page; icons alone when collapsed, a sheet under 768 px. */
export function AppShell({ initiallyCollapsed, children, ...sidebar }: AppShellProps) {
  const [collapsed, setCollapsed] = useState(initiallyCollapsed);

  function toggle() {
    // biome-ignore lint/suspicious/noDocumentCookie: the server reads it for the first paint; cookieStore needs https.
    document.cookie = `${SIDEBAR_COOKIE}=${collapsed ? 'open' : 'collapsed'}; path=/; max-age=31536000; samesite=lax`;
    setCollapsed(!collapsed);
  }

  const toggleButton = (
    <Button
      variant="ghost"
      size="icon-sm"
      onClick={toggle}
      aria-label={collapsed ? 'Expand sidebar' : 'Collapse sidebar'}
      aria-expanded={!collapsed}
      className="text-muted-foreground max-md:hidden"
    >
      <PanelLeft aria-hidden />
    </Button>
  );

  return (
    <div data-collapsed={collapsed} className="group/shell flex min-h-dvh max-md:flex-col">
      <SkipLink />
      <MobileBar {...sidebar} />
      <aside className="sticky top-0 flex h-dvh w-56 shrink-0 flex-col border-r bg-sidebar group-data-[collapsed=true]/shell:w-14 max-md:hidden">
        <div className="min-h-0 flex-1">
          <Sidebar {...sidebar} toggle={toggleButton} />
        </div>
        {collapsed && <div className="flex justify-center pb-2">{toggleButton}</div>}
      </aside>
      <main id="main" tabIndex={-1} className="min-w-0 flex-1 outline-none">
        {children}
      </main>
    </div>
  );
}

function MobileBar(sidebar: Omit<SidebarProps, 'onNavigate' | 'toggle'>) {
  const [open, setOpen] = useState(false);
  return (
    <header className="sticky top-0 z-30 flex h-12 items-center gap-2 border-b bg-sidebar px-2 md:hidden">
      <Sheet open={open} onOpenChange={setOpen}>
        <SheetTrigger asChild>
          <Button variant="ghost" size="icon" aria-label="Open navigation" className="size-10">
            <Menu aria-hidden />
          </Button>
        </SheetTrigger>
        <SheetContent side="left" title="Navigation" hideTitle className="w-72 bg-sidebar">
          <Sidebar {...sidebar} onNavigate={() => setOpen(false)} />
        </SheetContent>
      </Sheet>
      <Brand />
    </header>
  );
}
