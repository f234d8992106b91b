import { MoreHorizontal } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button';
import { DropdownMenu, DropdownMenuContent, DropdownMenuTrigger } from './dropdown-menu';

interface RowMenuProps {
  /** Whose menu it is, for those who hear it: "prod-web". */
  name: string;
  /** Something of the row's is under way. */
  pending?: boolean;
  /** Its items. */
  children: ReactNode;
}

/** What can be done with one row of a table, behind three dots. */
export function RowMenu({ name, pending, children }: RowMenuProps) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon-sm" aria-label={`Actions for ${name}`} pending={pending}>
          <MoreHorizontal aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>{children}</DropdownMenuContent>
    </DropdownMenu>
  );
}
