'use client';

import { useState } from 'react';
import { useToast } from '@/components/ui/toast';
import type { IntegrationKeyView } from '@/lib/integrations/schema';
import type { IntegrationActions } from './integration-actions';

/** Asks the provider about a stored key and says what it answered. @returns the id of the key being asked about */
export function useVerify(verify: IntegrationActions['verify']) {
  const [verifying, setVerifying] = useState<string | null>(null);
  const toast = useToast();
  async function ask(key: IntegrationKeyView) {
    setVerifying(key.id);
    const result = await verify(key.id).finally(() => setVerifying(null));
    if (result.ok) toast({ title: `${key.name} works`, description: 'The provider accepted it just now.' });
    else toast({ tone: 'danger', title: `${key.name} was not verified`, description: result.message });
  }
  return [verifying, ask] as const;
}
