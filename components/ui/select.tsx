'use client';

import { Check, ChevronDown } from 'lucide-react';
import { Select as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn';
import { useFieldControl } from './field';
import { FLOATING_CLASSES, ITEM_CLASSES } from './floating';

export interface SelectOption<V extends string> {
  value: V;
  label: ReactNode;
  disabled?: boolean;
}

interface SelectProps<V extends string> {
  options: readonly SelectOption<V>[];
  value?: V;
  defaultValue?: V;
  onValueChange?: (value: V) => void;
  /** The name under which a form posts it. */
  name?: string;
  placeholder?: string;
  disabled?: boolean;
  size?: 'sm' | 'md';
  className?: string;
  /** Needed where no Field labels it. */
  'aria-label'?: string;
}

/** One of a few values. Values must not be empty strings. */
export function Select<V extends string>(props: SelectProps<V>) {
  const { options, value, defaultValue, onValueChange, name, placeholder, disabled, size = 'md', className } = props;
  const control = useFieldControl();
  return (
    <Radix.Root
      value={value}
      defaultValue={defaultValue}
      onValueChange={(next) => {
        const option = options.find((candidate) => candidate.value === next);
        if (option) onValueChange?.(option.value);
      }}
      name={name}
      disabled={disabled}
    >
      <Radix.Trigger
        {...control}
        aria-label={props['aria-label']}
        className={cn(
          'inline-flex min-w-0 items-center justify-between gap-2 rounded-md border border-border-strong bg-card text-sm',
          'whitespace-nowrap transition-colors hover:bg-hover aria-invalid:border-danger disabled:opacity-55',
          'data-placeholder:text-muted-foreground',
          size === 'sm' ? 'h-7 px-2 text-xs' : 'h-8 px-2.5',
          className,
        )}
      >
        <span className="truncate">
          <Radix.Value placeholder={placeholder}>{options.find((option) => option.value === value)?.label}</Radix.Value>
        </span>
        <Radix.Icon asChild>
          <ChevronDown className="size-3.5 shrink-0 text-muted-foreground" />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          className={cn(
            FLOATING_CLASSES,
            'max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) p-1',
          )}
        >
          <Radix.Viewport>
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled}
                className={cn(ITEM_CLASSES, 'pr-8')}
              >
                <Radix.ItemText>{option.label}</Radix.ItemText>
                <Radix.ItemIndicator className="absolute right-2">
                  <Check className="size-3.5" />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
