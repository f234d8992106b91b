import { useState, useTransition } from 'react';
import type { ActionResult } from '@/components/ui/action-result';

export interface Refusal {
  readonly message: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Runs an action of a form; what it refuses stays until the next try. */
export function useSaving() {
  const [refusal, setRefusal] = useState<Refusal>();
  const [pending, startTransition] = useTransition();
  const save = <T>(action: () => Promise<ActionResult<T>>, done: (data: T) => void) =>
    startTransition(async () => {
      const result = await action();
      setRefusal(result.ok ? undefined : result);
      if (result.ok) done(result.data);
    });
  return { refusal, pending, save };
}
