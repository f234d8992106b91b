'use client';

import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogFooter } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useLast } from '@/components/ui/use-last';
import type { IntegrationKeyView } from '@/lib/integrations/schema';
import type { IntegrationActions } from './integration-actions';

interface WeightDialogProps {
  /** Null: closed. */
  apiKey: IntegrationKeyView | null;
  onClose: () => void;
  setWeight: IntegrationActions['setWeight'];
}

export function WeightDialog({ apiKey, onClose, setWeight }: WeightDialogProps) {
  const shown = useLast(apiKey);
  return (
    <Dialog open={apiKey !== null} onOpenChange={(open) => !open && onClose()}>
      {shown && (
        <DialogContent
          title={`Weight of ${shown.name}`}
          description="A key with twice the weight of another takes twice its requests. With 0 it takes none."
        >
          <WeightForm key={shown.id} apiKey={shown} onDone={onClose} setWeight={setWeight} />
        </DialogContent>
      )}
    </Dialog>
  );
}

function WeightForm({
  apiKey,
  onDone,
  setWeight,
}: { apiKey: IntegrationKeyView; onDone: () => void } & Pick<WeightDialogProps, 'setWeight'>) {
  const [weight, setText] = useState(String(apiKey.weight));
  const [error, setError] = useState<string>();
  const [pending, startTransition] = useTransition();
  const submit = () =>
    startTransition(async () => {
      const result = await setWeight({ id: apiKey.id, weight: weight.trim() === '' ? Number.NaN : Number(weight) });
      if (result.ok) onDone();
      else setError(result.fields.weight ?? result.message);
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Field label="Weight" error={error} hint="From 0 to 1000.">
        <Input
          value={weight}
          onChange={(event) => setText(event.target.value)}
          inputMode="numeric"
          autoComplete="off"
          className="max-w-32 font-mono tabular-nums"
        />
      </Field>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button variant="primary" type="submit" pending={pending}>
          Save weight
        </Button>
      </DialogFooter>
    </form>
  );
}
