import type { ReactNode } from 'react';

interface FullPageMessageProps {
  title: string;
  children: ReactNode;
  actions?: ReactNode;
}

/** A page that has nothing else to show: what happened and where to go. */
export function FullPageMessage({ title, children, actions }: FullPageMessageProps) {
  return (
    <div className="grid min-h-[60dvh] place-items-center p-6">
      <div className="w-full max-w-[420px]">
        <h1 className="font-medium text-xl tracking-[-0.01em]">{title}</h1>
        <div className="mt-2 text-base text-muted-foreground">{children}</div>
        {actions && <div className="mt-6 flex gap-2">{actions}</div>}
      </div>
    </div>
  );
}
