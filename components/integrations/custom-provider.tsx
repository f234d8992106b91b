'use client';

import { useState } from 'react';
import { DropdownMenuItem, DropdownMenuSeparator } from '@/components/ui/dropdown-menu';
import { RemoveDialog } from '@/components/ui/remove-dialog';
import { RowMenu } from '@/components/ui/row-menu';
import type { CustomProviderView } from '@/lib/integrations/schema';
import { CustomProviderDialog } from './custom-provider-dialog';
import type { IntegrationActions } from './integration-actions';

/** Where a custom provider is, and how its models are called. */
export function CustomFacts({ custom, serves }: { custom: CustomProviderView; serves: string }) {
  return (
    <>
      <span className="block break-all font-mono text-xs">{custom.baseUrl}</span>
      <span className="block break-words">
        {custom.models.length > 0 ? `${serves}; others as ` : 'Every model, called as '}
        <span className="break-all font-mono text-xs">{custom.slug}/model</span>
      </span>
    </>
  );
}

interface CustomMenuProps {
  custom: CustomProviderView;
  actions: Pick<IntegrationActions, 'editProvider' | 'removeProvider'>;
}

export function CustomMenu({ custom, actions }: CustomMenuProps) {
  const [change, setChange] = useState<'edit' | 'remove' | null>(null);
  return (
    <>
      <RowMenu name={`the provider ${custom.name}`}>
        <DropdownMenuItem onSelect={() => setChange('edit')}>Edit provider</DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuItem danger onSelect={() => setChange('remove')}>
          Remove provider
        </DropdownMenuItem>
      </RowMenu>
      <CustomProviderDialog
        custom={custom}
        open={change === 'edit'}
        onOpenChange={(open) => setChange(open ? 'edit' : null)}
        save={(values) => actions.editProvider({ ...values, id: custom.id })}
      />
      <RemoveDialog
        kind="provider"
        subject={change === 'remove' ? custom : null}
        describe={() => 'Its keys are forgotten, and requests for its models are refused at once. Logs stay.'}
        onClose={() => setChange(null)}
        remove={actions.removeProvider}
      />
    </>
  );
}
