import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './cn';
import { Spinner } from './spinner';

const VARIANTS = {
  primary: 'bg-primary text-primary-foreground hover:bg-primary-hover',
  secondary: 'border border-border-strong bg-card text-foreground hover:bg-hover',
  ghost: 'text-foreground hover:bg-hover',
  danger: 'bg-danger-solid text-danger-foreground hover:bg-danger-hover',
} as const;

const SIZES = {
  sm: 'h-7 gap-1.5 px-2 text-xs [&_svg]:size-3.5',
  md: 'h-8 gap-1.5 px-3 text-sm [&_svg]:size-4',
  lg: 'h-9 gap-2 px-4 text-sm [&_svg]:size-4',
  icon: 'size-8 [&_svg]:size-4',
  'icon-sm': 'size-7 [&_svg]:size-3.5',
} as const;

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: keyof typeof VARIANTS;
  /** The icon sizes are square and need an `aria-label`. */
  size?: keyof typeof SIZES;
  /** The action is under way: a spinner stands over the label, the width stays, clicks do nothing. */
  pending?: boolean;
  /** Draws its only child, such as a link, as a button. */
  asChild?: boolean;
}

export function Button(props: ButtonProps) {
  const {
    variant = 'secondary',
    size = 'md',
    pending = false,
    asChild,
    className,
    children,
    disabled,
    ...rest
  } = props;
  const classes = cn(
    'inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap rounded-md font-medium',
    'transition-colors disabled:pointer-events-none disabled:opacity-55 aria-busy:opacity-100 [&_svg]:shrink-0',
    VARIANTS[variant],
    SIZES[size],
    className,
  );
  if (asChild) {
    return (
      <Slot.Root className={classes} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button type="button" className={classes} disabled={disabled || pending} aria-busy={pending || undefined} {...rest}>
      {pending ? (
        <span className="grid place-items-center *:col-start-1 *:row-start-1">
          <span className="invisible inline-flex items-center gap-[inherit]">{children}</span>
          <Spinner label={null} />
        </span>
      ) : (
        children
      )}
    </button>
  );
}
