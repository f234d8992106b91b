import { cn } from './cn';

interface ProgressProps {
  /** What is being counted, for screen readers. */
  label: string;
  value: number;
  max: number;
  tone?: 'accent' | 'warning' | 'danger';
  className?: string;
}

const TONES = { accent: 'bg-primary', warning: 'bg-warning', danger: 'bg-danger' } as const;

export function Progress({ label, value, max, tone = 'accent', className }: ProgressProps) {
  const share = max > 0 ? Math.min(Math.max(value / max, 0), 1) : 0;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={0}
      aria-valuemax={max}
      className={cn('h-1.5 overflow-hidden rounded-full bg-hover', className)}
    >
      <div className={cn('h-full rounded-full transition-[width]', TONES[tone])} style={{ width: `${share * 100}%` }} />
    </div>
  );
}
