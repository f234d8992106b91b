import type { Metadata } from 'next';
import { publicOrigin } from '@/app/origin';
import { KeysPage } from '@/components/keys/keys-page';
import { pageContext } from '@/lib/auth/guards';
import { listKeys } from '@/lib/keys/queries';
import { createKeyAction, renameKeyAction, revokeKeyAction, setHedgingAction } from './actions';

export const metadata: Metadata = { title: 'API keys' };

export default async function Page() {
  const ctx = await pageContext();
  const [keys, origin] = await Promise.all([listKeys(ctx), publicOrigin()]);
  return (
    <KeysPage
      keys={keys}
      origin={origin}
      canEdit={ctx.role !== 'viewer'}
      actions={{
        create: createKeyAction,
        rename: renameKeyAction,
        setHedging: setHedgingAction,
        revoke: revokeKeyAction,
      }}
    />
  );
}
