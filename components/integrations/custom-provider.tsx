'use client';

import { MoreHorizontal } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu';
import { useToast } from '@/components/ui/toast';
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
  const toast = useToast();
  async function remove() {
    const result = await actions.removeProvider(custom.id);
    if (result.ok) toast({ title: `${custom.name} was removed` });
    else toast({ tone: 'danger', title: `${custom.name} was not removed`, description: result.message });
    return result.ok;
  }
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon-sm" aria-label={`Actions for the provider ${custom.name}`}>
            <MoreHorizontal aria-hidden />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem onSelect={() => setChange('edit')}>Edit provider</DropdownMenuItem>
          <DropdownMenuSeparator />
          <DropdownMenuItem danger onSelect={() => setChange('remove')}>
            Remove provider
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <CustomProviderDialog
        custom={custom}
        open={change === 'edit'}
        onOpenChange={(open) => setChange(open ? 'edit' : null)}
        save={(values) => actions.editProvider({ ...values, id: custom.id })}
      />
      <ConfirmDialog
        open={change === 'remove'}
        onOpenChange={(open) => setChange(open ? 'remove' : null)}
        title={`Remove ${custom.name}?`}
        description="Its keys are forgotten, and requests for its models are refused at once. Logs stay."
        confirmLabel="Remove provider"
        danger
        onConfirm={remove}
      />
    </>
  );
}
