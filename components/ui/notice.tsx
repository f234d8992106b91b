import { CircleAlert, CircleCheck, Info, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn';

const TONES = {
  info: { icon: Info, classes: 'border-accent-border bg-accent-surface', iconClasses: 'text-accent' },
  success: { icon: CircleCheck, classes: 'border-success-border bg-success-surface', iconClasses: 'text-success' },
  warning: { icon: TriangleAlert, classes: 'border-warning-border bg-warning-surface', iconClasses: 'text-warning' },
  danger: { icon: CircleAlert, classes: 'border-danger-border bg-danger-surface', iconClasses: 'text-danger' },
} as const satisfies Record<string, { icon: LucideIcon; classes: string; iconClasses: string }>;

interface NoticeProps {
  tone?: keyof typeof TONES;
  title?: ReactNode;
  children?: ReactNode;
  /** A button or link that does what the text says. */
  action?: ReactNode;
  className?: string;
}

/** A message in the page: what happened and what to do. Errors are announced. */
export function Notice({ tone = 'info', title, children, action, className }: NoticeProps) {
  const { icon: Icon, classes, iconClasses } = TONES[tone];
  return (
    <div
      role={tone === 'danger' ? 'alert' : undefined}
      className={cn('flex items-start gap-2.5 rounded-lg border px-3 py-2.5 text-sm', classes, className)}
    >
      <Icon className={cn('mt-0.5 size-4 shrink-0', iconClasses)} aria-hidden />
      <div className="min-w-0 flex-1">
        {title && <p className="font-medium">{title}</p>}
        {children && <div className="max-w-[70ch] break-words">{children}</div>}
      </div>
      {action && <div className="-my-1 shrink-0">{action}</div>}
    </div>
  );
}
