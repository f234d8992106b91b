import type { Metadata } from 'next';
import { publicOrigin } from '@/app/origin';
import { LoadBalancingPage } from '@/components/load-balancing/load-balancing-page';
import { pageContext } from '@/lib/auth/guards';
import { listGroups } from '@/lib/load-balancing/queries';
import { listModels } from '@/lib/models/queries';
import { createGroupAction, removeGroupAction, updateGroupAction } from './actions';

export const metadata: Metadata = { title: 'Load balancing' };

export default async function Page() {
  const ctx = await pageContext();
  const [groups, models, origin] = await Promise.all([listGroups(ctx), listModels(ctx), publicOrigin()]);
  return (
    <LoadBalancingPage
      groups={groups}
      knownModels={[...new Set(models.map(({ model_name }) => model_name))]}
      origin={origin}
      canEdit={ctx.role !== 'viewer'}
      actions={{ create: createGroupAction, update: updateGroupAction, remove: removeGroupAction }}
    />
  );
}
