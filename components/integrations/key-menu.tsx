'use client';

import { MoreHorizontal } from 'lucide-react';
import { Button } from '@/components/ui/button';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu';
import type { IntegrationKeyView } from '@/lib/integrations/schema';
import type { Change } from './key-dialogs';

interface KeyMenuProps {
  apiKey: IntegrationKeyView;
  verifying: boolean;
  onVerify: () => void;
  onChange: (kind: Change['kind']) => void;
}

export function KeyMenu({ apiKey, verifying, onVerify, onChange }: KeyMenuProps) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon-sm" aria-label={`Actions for ${apiKey.name}`} pending={verifying}>
          <MoreHorizontal aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        <DropdownMenuItem onSelect={onVerify}>Verify again</DropdownMenuItem>
        <DropdownMenuItem onSelect={() => onChange('replace')}>Replace</DropdownMenuItem>
        <DropdownMenuItem onSelect={() => onChange('weight')}>Change weight</DropdownMenuItem>
        <DropdownMenuItem onSelect={() => onChange('rename')}>Rename</DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuItem danger onSelect={() => onChange('remove')}>
          Remove
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
