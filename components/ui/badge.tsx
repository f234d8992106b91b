import { CircleAlert, CircleCheck, CircleDashed, Info, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn';

const TONES = {
  neutral: 'border-border bg-muted text-muted-foreground',
  accent: 'border-accent-border bg-accent-surface text-accent',
  success: 'border-success-border bg-success-surface text-success',
  warning: 'border-warning-border bg-warning-surface text-warning',
  danger: 'border-danger-border bg-danger-surface text-danger',
} as const;

export type Tone = keyof typeof TONES;

const ICONS: Readonly<Record<Tone, LucideIcon>> = {
  neutral: CircleDashed,
  accent: Info,
  success: CircleCheck,
  warning: TriangleAlert,
  danger: CircleAlert,
};

interface BadgeProps {
  tone?: Tone;
  /** The tone's own icon unless another is given; null for a plain label. */
  icon?: LucideIcon | null;
  children: ReactNode;
  className?: string;
}

/** A state in a word. Colour never stands alone: the icon and the word carry it too. */
export function Badge({ tone = 'neutral', icon, children, className }: BadgeProps) {
  const Icon = icon === undefined ? (tone === 'neutral' ? null : ICONS[tone]) : icon;
  return (
    <span
      className={cn(
        'inline-flex h-5 items-center gap-1 whitespace-nowrap rounded-sm border px-1.5 font-medium text-2xs',
        TONES[tone],
        className,
      )}
    >
      {Icon && <Icon className="size-3" aria-hidden />}
      {children}
    </span>
  );
}
