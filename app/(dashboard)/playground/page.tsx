import type { Metadata } from 'next';
import { publicOrigin } from '@/app/origin';
import { Playground } from '@/components/playground/playground';
import { pageContext } from '@/lib/auth/guards';
import { playgroundKeyId } from '@/lib/keys/playground-id';
import { playgroundModels } from '@/lib/playground/queries';

export const metadata: Metadata = { title: 'Playground' };

export default async function PlaygroundPage() {
  const ctx = await pageContext();
  const [models, origin] = await Promise.all([playgroundModels(ctx), publicOrigin()]);
  const owner = `${ctx.organizationId}/${ctx.userId}`;
  return (
    <Playground
      key={owner}
      owner={owner}
      models={models}
      keyId={playgroundKeyId(ctx.organizationId, ctx.userId ?? '')}
      origin={origin}
      canRun={ctx.role !== 'viewer'}
    />
  );
}
