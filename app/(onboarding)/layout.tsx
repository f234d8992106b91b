import type { ReactNode } from 'react';
import { Brand } from '@/components/layout/brand';
import { Button } from '@/components/ui/button';
import { skipWelcomeAction } from './welcome/actions';

export default function OnboardingLayout({ children }: { children: ReactNode }) {
  return (
    <div className="min-h-dvh">
      <header className="flex h-14 items-center justify-between border-b px-6 max-md:px-4">
        <Brand />
        <form action={skipWelcomeAction}>
          <Button type="submit" variant="ghost" className="text-muted-foreground">
            Skip for now
          </Button>
        </form>
      </header>
      <main>{children}</main>
    </div>
  );
}
