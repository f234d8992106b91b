'use client';

import { CircleAlert } from 'lucide-react';
import { createContext, type ReactNode, use, useId, useMemo } from 'react';
import { cn } from './cn';

interface FieldControl {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
}

const FieldContext = createContext<FieldControl | null>(null);

/** What a control inside a Field spreads on its element, so that label, hint and error belong to it. */
export function useFieldControl(): Partial<FieldControl> {
  return use(FieldContext) ?? {};
}

interface FieldProps {
  label: ReactNode;
  /** Stays visible: what to enter, or what it is for. */
  hint?: ReactNode;
  /** What is wrong and what to do. Takes the hint's place. */
  error?: string | undefined;
  optional?: boolean;
  /** Keeps the label for screen readers only. */
  hideLabel?: boolean;
  children: ReactNode;
  className?: string;
}

/** A labelled control. Any control of components/ui inside it is wired by itself. */
export function Field({ label, hint, error, optional, hideLabel, children, className }: FieldProps) {
  const id = useId();
  const described = error || hint;
  const control = useMemo<FieldControl>(
    () => ({
      id,
      'aria-describedby': described ? `${id}-text` : undefined,
      'aria-invalid': error ? true : undefined,
    }),
    [id, described, error],
  );
  return (
    <div className={cn('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className={cn('font-medium text-sm', hideLabel && 'sr-only')}>
        {label}
        {optional && <span className="ml-1 font-normal text-muted-foreground">(optional)</span>}
      </label>
      <FieldContext value={control}>{children}</FieldContext>
      {error ? (
        <p id={`${id}-text`} role="alert" className="flex gap-1.5 text-danger text-xs">
          <CircleAlert className="mt-px size-3.5 shrink-0" aria-hidden />
          {error}
        </p>
      ) : (
        hint && (
          <p id={`${id}-text`} className="text-muted-foreground text-xs">
            {hint}
          </p>
        )
      )}
    </div>
  );
}
