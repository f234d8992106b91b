import { cn } from '@/components/ui/cn';

/** The mark: what goes through it comes out unchanged. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={cn('size-6 shrink-0', className)}>
      <rect width="24" height="24" rx="6" className="fill-primary" />
      <path d="M12 5.5 18.5 12 12 18.5 5.5 12Z" fill="none" stroke="white" strokeWidth="1.75" strokeLinejoin="round" />
      <path d="M12 9.75 14.25 12 12 14.25 9.75 12Z" fill="white" />
    </svg>
  );
}

export function Brand({ className }: { className?: string }) {
  return (
    <span className={cn('flex items-center gap-2 font-medium text-base tracking-[-0.01em]', className)}>
      <BrandMark />
      Respan
    </span>
  );
}
