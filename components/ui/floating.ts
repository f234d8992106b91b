import { cn } from './cn';

/** What floats over the page: menus, popovers, select lists. Only these cast a shadow. */
export const FLOATING_CLASSES = cn(
  'z-50 overflow-hidden rounded-lg bg-popover text-foreground text-sm shadow-float outline-none',
  'data-[state=closed]:animate-fade-out data-[state=open]:animate-pop-in',
);

/** A row in a menu or a select list. */
export const ITEM_CLASSES = cn(
  'relative flex h-8 cursor-default select-none items-center gap-2 rounded-md px-2 outline-none',
  'data-highlighted:bg-hover data-disabled:pointer-events-none data-disabled:opacity-50',
  '[&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted-foreground',
);
