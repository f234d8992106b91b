'use client';

import { ChevronsUpDown, LogOut, Monitor, Moon, Sun } from 'lucide-react';
import { useTransition } from 'react';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu';
import { THEMES, type Theme, useTheme } from './theme';

const THEME_LABELS = {
  light: { label: 'Light', icon: Sun },
  dark: { label: 'Dark', icon: Moon },
  system: { label: 'System', icon: Monitor },
} as const satisfies Record<Theme, unknown>;

interface AccountMenuProps {
  user: { name: string; email: string };
  signOut: () => Promise<void>;
}

export function AccountMenu({ user, signOut }: AccountMenuProps) {
  const [theme, setTheme] = useTheme();
  const [pending, startTransition] = useTransition();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={`Account: ${user.name}`}
        className="flex h-10 w-full items-center gap-2.5 rounded-md px-1.5 text-left text-sm transition-colors hover:bg-hover focus-visible:outline-offset-0 data-[state=open]:bg-hover group-data-[collapsed=true]/shell:md:justify-center group-data-[collapsed=true]/shell:md:px-0"
      >
        <Initial name={user.name} />
        <span className="min-w-0 flex-1 truncate font-medium group-data-[collapsed=true]/shell:md:sr-only">
          {user.name}
        </span>
        <ChevronsUpDown
          className="size-3.5 shrink-0 text-muted-foreground group-data-[collapsed=true]/shell:md:hidden"
          aria-hidden
        />
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" side="top" className="w-52">
        <p className="truncate px-2 pt-1.5 pb-1 text-muted-foreground text-xs" title={user.email}>
          {user.email}
        </p>
        <DropdownMenuSeparator />
        <DropdownMenuLabel>Theme</DropdownMenuLabel>
        <DropdownMenuRadioGroup value={theme}>
          {THEMES.map((value) => {
            const { label, icon: Icon } = THEME_LABELS[value];
            return (
              <DropdownMenuRadioItem key={value} value={value} onSelect={() => setTheme(value)}>
                <Icon aria-hidden />
                {label}
              </DropdownMenuRadioItem>
            );
          })}
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        <DropdownMenuItem disabled={pending} onSelect={() => startTransition(signOut)}>
          <LogOut aria-hidden />
          Sign out
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

function Initial({ name }: { name: string }) {
  return (
    <span
      aria-hidden
      className="grid size-6 shrink-0 place-items-center rounded-full border bg-card font-medium text-2xs text-muted-foreground uppercase"
    >
      {name.charAt(0)}
    </span>
  );
}
