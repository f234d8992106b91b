'use client';

import { ToggleGroup } from 'radix-ui';
import { cn } from './cn';

interface SegmentedControlProps<V extends string> {
  options: readonly { value: V; label: string; title?: string }[];
  value: V;
  onValueChange: (value: V) => void;
  'aria-label': string;
  className?: string;
}

/** One of two to five short choices, all visible: a range, a view. */
export function SegmentedControl<V extends string>({
  options,
  value,
  onValueChange,
  className,
  ...props
}: SegmentedControlProps<V>) {
  return (
    <ToggleGroup.Root
      type="single"
      value={value}
      onValueChange={(next) => {
        const option = options.find((candidate) => candidate.value === next);
        if (option) onValueChange(option.value);
      }}
      aria-label={props['aria-label']}
      className={cn(
        'inline-flex h-8 items-center gap-0.5 rounded-md border border-border-strong bg-card p-0.5',
        className,
      )}
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          title={option.title}
          className={cn(
            'h-full whitespace-nowrap rounded-sm px-2.5 font-medium text-muted-foreground text-xs transition-colors hover:text-foreground',
            'data-[state=on]:bg-hover data-[state=on]:text-foreground',
          )}
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
