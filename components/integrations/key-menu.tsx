'use client';

import { DropdownMenuItem, DropdownMenuSeparator } from '@/components/ui/dropdown-menu';
import { RowMenu } from '@/components/ui/row-menu';
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
    <RowMenu name={apiKey.name} pending={verifying}>
      <DropdownMenuItem onSelect={onVerify}>Verify again</DropdownMenuItem>
      <DropdownMenuItem onSelect={() => onChange('replace')}>Replace</DropdownMenuItem>
      <DropdownMenuItem onSelect={() => onChange('weight')}>Change weight</DropdownMenuItem>
      <DropdownMenuItem onSelect={() => onChange('rename')}>Rename</DropdownMenuItem>
      <DropdownMenuSeparator />
      <DropdownMenuItem danger onSelect={() => onChange('remove')}>
        Remove
      </DropdownMenuItem>
    </RowMenu>
  );
}
