import type { ReactNode } from 'react';
import { BrandMark } from '@/components/layout/brand';
import { TextLink } from '@/components/ui/text-link';

interface AuthColumnProps {
  title: string;
  children: ReactNode;
  /** The other way in. */
  footer: ReactNode;
}

/** One column of 360 px. */
export function AuthColumn({ title, children, footer }: AuthColumnProps) {
  return (
    <main className="flex min-h-dvh justify-center px-4 pt-[max(4rem,16dvh)] pb-16">
      <div className="w-full max-w-[360px]">
        <BrandMark className="size-9" />
        <h1 className="mt-6 mb-6 font-medium text-xl tracking-[-0.01em]">{title}</h1>
        {children}
        <p className="mt-6 text-muted-foreground text-sm">{footer}</p>
        <p className="mt-2 text-muted-foreground text-sm">
          New to Respan? <TextLink href="/docs">Read the documentation</TextLink>
        </p>
      </div>
    </main>
  );
}
